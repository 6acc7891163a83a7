// What was typed, kept in this browser until it is forgotten. Where storage is
// blocked or full the drafts live as long as the page.

import { OUTCOMES } from "../engine/contract";
import type { Answered } from "../links/link";

/** What a link, or a draft, tells of the answers when it was made. */
export interface Told extends Answered {
  draft?: boolean;
}

/** What was said of commands in place of what they print, by their ids. */
export type CommandAnswers = Readonly<Record<string, { readonly answer: "none" | "denied"; readonly text: string }>>;

/** One draft: a scenario as it was left. */
export interface Draft {
  id: string;
  title: string;
  text: string;
  /** When it was last changed, in milliseconds since 1970. */
  time: number;
  /** What the engine answered, where it had by then. */
  told?: Told;
  answers?: CommandAnswers;
}

/** Whether what is typed would survive a reload, and if not, why. */
export type Keeping = "kept" | "full" | "blocked";

/** Each draft has a key of its own, so that tabs don't write over each other. */
const PREFIX = "why403.draft.";
/** Earlier versions kept one list of all drafts. */
const LIST = "why403.drafts";

type Unread<T> = Partial<Record<keyof T, unknown>>;

/** The latest time that a date can be. */
const LATEST = 8.64e15;

/** The draft of an entry, without what of it is damaged; undefined where that is its text. */
function draftOf(value: unknown): Draft | undefined {
  const { id, title, text, time, told, answers } = (value ?? {}) as Unread<Draft>;
  if (typeof id !== "string" || typeof title !== "string" || typeof text !== "string" || typeof time !== "number") return undefined;
  const draft = { id, title, text, time: Math.abs(time) <= LATEST ? time : 0 };
  return { ...draft, ...(isTold(told) ? { told } : {}), ...(isAnswers(answers) ? { answers } : {}) };
}

function isTold(value: unknown): value is Told {
  const { engine, outcomes } = (value ?? {}) as Unread<Told>;
  return typeof engine === "string" && Array.isArray(outcomes) && outcomes.every((outcome) => OUTCOMES.includes(outcome));
}

function isAnswers(value: unknown): value is CommandAnswers {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((said) => ["none", "denied"].includes(said?.answer) && typeof said.text === "string")
  );
}

/** Whether a browser stores anything is known only by trying. */
function stores(): Keeping {
  try {
    localStorage.setItem(`${PREFIX}probe`, "");
    localStorage.removeItem(`${PREFIX}probe`);
    return "kept";
  } catch {
    return keys().length > 0 ? "full" : "blocked";
  }
}

/** The keys of all that this page keeps. */
function keys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith("why403."));
  } catch {
    return [];
  }
}

function write(key: string, value: unknown): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Where storage is blocked nothing was kept.
  }
}

/** The list of an earlier version. */
function listed(): Draft[] {
  const list = read(LIST);
  return Array.isArray(list) ? list.map(draftOf).filter((draft) => draft !== undefined) : [];
}

/** The draft of an id, which is its key's, whatever the entry says. */
function stored(id: string): Draft | undefined {
  const draft = draftOf(read(PREFIX + id));
  return draft && { ...draft, id };
}

/** The drafts, newest first. None goes unless a person says so. */
export class Drafts {
  keeping: Keeping = stores();
  /** What storage did not take. */
  readonly #unstored = new Map<string, Draft>();
  /** The times of the stored drafts that this page opened or wrote, by their ids. */
  readonly #known = new Map<string, number>();

  /** The drafts of this browser and of this page. */
  list(): Draft[] {
    const drafts = new Map(listed().map((draft) => [draft.id, draft]));
    for (const key of keys()) {
      const draft = key.startsWith(PREFIX) && stored(key.slice(PREFIX.length));
      if (draft) drafts.set(draft.id, draft);
    }
    for (const draft of this.#unstored.values()) drafts.set(draft.id, draft);
    return [...drafts.values()].sort((a, b) => b.time - a.time);
  }

  /** One draft. */
  get(id: string): Draft | undefined {
    return this.#unstored.get(id) ?? stored(id) ?? listed().find((draft) => draft.id === id);
  }

  /** One draft, to be edited: what is saved under its id later comes from it. */
  open(id: string): Draft | undefined {
    if (!this.#unstored.has(id)) this.#know(id, stored(id));
    return this.get(id);
  }

  /** True where another page has stored a draft of this id since this one opened or wrote it. */
  isAnothers(id: string): boolean {
    const there = stored(id);
    return there !== undefined && there.time !== this.#known.get(id);
  }

  /** Saves a draft in place of its older self. Where there is no room for it, all others stay. */
  save(draft: Draft): void {
    this.#unstored.set(draft.id, draft);
    this.#store();
  }

  /** What this page would store under an id goes on under another one. */
  leave(id: string): void {
    this.#unstored.delete(id);
  }

  /** Forgets one draft. What had no room may have it now. */
  forget(id: string): void {
    this.#unstored.delete(id);
    remove(PREFIX + id);
    this.#unlist(id);
    this.#store();
  }

  /**
   * Takes a draft out of the list of an earlier version. Where not even the shorter
   * list is stored, its drafts live as long as the page.
   */
  #unlist(id: string): void {
    const list = listed();
    const rest = list.filter((draft) => draft.id !== id);
    if (rest.length === list.length || write(LIST, rest)) return;
    remove(LIST);
    for (const draft of rest) if (!this.get(draft.id)) this.#unstored.set(draft.id, draft);
  }

  /** Empties the store: drafts, and all else that this page keeps. */
  forgetAll(): void {
    this.#unstored.clear();
    for (const key of keys()) remove(key);
    this.#store();
  }

  #store(): void {
    // What another page stored meanwhile stays: who goes on here does so under another id.
    for (const [id, draft] of [...this.#unstored]) {
      if (this.isAnothers(id) || !write(PREFIX + id, draft)) continue;
      this.#unstored.delete(id);
      this.#know(id, draft);
    }
    if (this.keeping !== "blocked") this.keeping = this.#unstored.size > 0 ? "full" : "kept";
  }

  #know(id: string, draft: Draft | undefined): void {
    if (draft) this.#known.set(id, draft.time);
  }
}
