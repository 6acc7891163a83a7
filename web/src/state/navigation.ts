// The address of what is shown, and the way back. A link, a gallery item and a
// row of the tables have an address; what was typed is a draft without one.
import { type CommandAnswers, Drafts, type Told } from "./drafts";

/** What an address asks for. */
export type Target =
  | { kind: "link"; hash: string }
  | { kind: "private"; hash: string }
  | { kind: "example"; file: string }
  | { kind: "row"; id: string }
  | { kind: "tables"; view: string }
  | { kind: "draft"; text: string; title: string; told?: Told; answers?: CommandAnswers }
  | { kind: "start" };

/** Writes the scenario to save, and says whether there is nothing in it. Called once typing pauses, not at every key. */
export type Writer = () => { blank: boolean; draft: { title: string; text: string; told?: Told; answers?: CommandAnswers } };

const SAVE_PAUSE_MS = 300;

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads the part of an address after the "#". Undefined for one that only names a place on the page. */
export function readHash(hash: string): Target | undefined {
  if (hash === "" || hash === "#") return { kind: "start" };
  const [, name, value = ""] = /^#(\w+)=(.*)$/s.exec(hash) ?? [];
  switch (name) {
    case "s":
      return { kind: "link", hash };
    case "p":
      return { kind: "private", hash };
    case "example":
      return { kind: "example", file: decoded(value) };
    case "row":
      return { kind: "row", id: decoded(value) };
    case "tables":
      return { kind: "tables", view: decoded(value) };
    default:
      return undefined;
  }
}

function newId(): string {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}

/** Keeps the address, the browser's history and the drafts in step with the page. */
export class Navigation {
  readonly drafts = new Drafts();
  /** The hash of what is shown, or the id of its draft. */
  #at = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsaved: Writer | undefined;
  /** What was saved before the engine had answered. */
  #unanswered: { id: string; write: Writer } | undefined;
  readonly #go: (target: Target) => void;
  readonly #changed: () => void;

  /** `go` shows what the reader went back, forward or by an address to. `changed` hears when drafts are kept no more, or again. */
  constructor(go: (target: Target) => void, changed: () => void) {
    this.#go = go;
    this.#changed = changed;
  }

  /** What to show first. From now on it follows the browser's history. */
  start(): Target {
    addEventListener("popstate", () => this.#moved());
    addEventListener("pagehide", () => this.#save());
    addEventListener("beforeunload", (event) => this.#leaving(event));
    const target = readHash(location.hash) ?? { kind: "start" };
    if (target.kind === "tables") return target;
    if (target.kind !== "start") {
      this.#at = location.hash;
      return target;
    }
    const id = this.#draftHere();
    const draft = id === "" ? this.drafts.list()[0] : this.drafts.open(id);
    // Another tab may still write the newest draft. This one starts its own
    // when something is typed.
    this.#at = draft && id === draft.id ? id : "";
    return draft ? { kind: "draft", ...draft } : { kind: "start" };
  }

  /** A person opened something that has an address. */
  opened(hash: string): void {
    this.#save();
    if (hash !== this.#at) history.pushState(null, "", hash);
    this.#at = hash;
  }

  /** A person opened something without an address. It is a draft of its own. */
  openedDraft(write: Writer): void {
    this.#save();
    this.#newDraft("pushState");
    this.edited(write);
  }

  /** A person began anew. There is no draft of it until something is written. */
  openedBlank(): void {
    this.#save();
    this.#newDraft("pushState");
  }

  /** The page now differs from what its address stands for. */
  edited(write: Writer): void {
    if (this.#at.startsWith("#")) this.#newDraft("pushState");
    if (this.#at === "") this.#newDraft("replaceState");
    this.#unsaved = write;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), SAVE_PAUSE_MS);
  }

  /** The engine has answered: a draft that was saved before keeps the answer too. */
  answered(): void {
    const { id, write } = this.#unanswered ?? {};
    const written = write?.().draft;
    if (!id || id !== this.#at || !written?.told) return;
    this.#unanswered = undefined;
    const kept = this.drafts.get(id);
    if (kept && !this.drafts.isAnothers(id)) this.drafts.save({ ...kept, told: written.told });
  }

  /** Empties the store and starts anew. */
  forget(): void {
    clearTimeout(this.#timer);
    this.#unsaved = undefined;
    this.#unanswered = undefined;
    this.drafts.forgetAll();
    this.#at = "";
    history.pushState(null, "", location.pathname + location.search);
  }

  #newDraft(how: "pushState" | "replaceState"): void {
    this.#save();
    this.#at = newId();
    history[how]({ draft: this.#at }, "", location.pathname + location.search);
  }

  #save(): void {
    clearTimeout(this.#timer);
    const write = this.#unsaved;
    this.#unsaved = undefined;
    if (!write) return;
    const { keeping } = this.drafts;
    const written = write();
    this.#apart();
    this.#unanswered = written.draft.told ? undefined : { id: this.#at, write };
    // A case that was emptied is no draft. Undo writes it again.
    if (written.blank) this.drafts.forget(this.#at);
    else this.drafts.save({ id: this.#at, time: Date.now(), ...written.draft });
    if (keeping !== this.drafts.keeping) this.#changed();
  }

  /** Two tabs have one draft where one is a copy of the other. What the other wrote since stays: this one goes on as another draft. */
  #apart(): void {
    if (!this.drafts.isAnothers(this.#at)) return;
    this.drafts.leave(this.#at);
    const here = this.#draftHere() === this.#at;
    this.#at = newId();
    if (here) history.replaceState({ draft: this.#at }, "", location.pathname + location.search);
  }

  /** Where storage is full, leaving would lose what was typed. The browser asks first. */
  #leaving(event: Event): void {
    this.#save();
    if (this.drafts.keeping === "full") event.preventDefault();
  }

  #draftHere(): string {
    const { draft } = (history.state ?? {}) as { draft?: unknown };
    return typeof draft === "string" ? draft : "";
  }

  #moved(): void {
    const target = readHash(location.hash);
    if (!target) return;
    // A view of the tables stands beside what is typed, and takes nothing away.
    if (target.kind === "tables") return this.#go(target);
    const id = this.#draftHere();
    const at = target.kind === "start" ? id : location.hash;
    if (at === this.#at) return;
    this.#save();
    this.#at = at;
    const draft = id === "" ? undefined : this.drafts.open(id);
    this.#go(target.kind === "start" && draft ? { kind: "draft", ...draft } : target);
  }
}
