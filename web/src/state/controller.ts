// The state of the page and everything that changes it. No drawing here.
import { isError, type Example, type Fix, type Imported, type Opened, type Row } from "../engine/contract";
import { editOf } from "./edit-message";
import * as edits from "./edits";
import { Diagnoser } from "./diagnoser";
import {
  ENGINE_VERSION,
  EngineClient,
  EngineError,
  IMPORTER,
  JUDGE,
  type EngineStatus,
  type Module,
  SOURCE,
} from "../engine/engine-client";
import { guard } from "./guards";
import { History } from "./history";
import { Judge } from "./judge";
import type { Answered, LinkError } from "../links/link";
import type { Message } from "./messages";
import { Navigation, type Target } from "./navigation";
import { activeRequest, fromOpened, type PageState } from "./page-state";
import { plainEditor, setPlainEditor } from "./preferences";
import { scenarioText } from "../scenario/scenario-text";
import { cardLabel } from "../scenario/sections";
import { EMPTY, START } from "./start-scenario";
import { callTold } from "./told";

/** What the import box shows when nothing could read its text. */
function notImported(message: string): Imported {
  const problem = { section: "", start: 0, end: 0, line: 0, column: 0, code: "engine", message };
  return {
    kind: "",
    text: "",
    fragment: true,
    syntax: "",
    brought: [],
    understood: [],
    unknown: [],
    next: [],
    choices: [],
    fields: [],
    problems: [problem],
  };
}

type ImportPaste = Message & { kind: "import-paste" };

/** How a scenario came onto the page. */
interface Opening {
  /** What undo calls it. */
  label: string;
  /** Its address, where it has one. */
  hash?: string;
  /** The state that it is an edit of. */
  before?: PageState;
  /** True when the reader went there by an address: then the address is right already. */
  arrived?: boolean;
  /** The answers that a link tells of. */
  linked?: Answered;
  /** True where what it does not have is not known. */
  unknown?: boolean;
}

/** Holds the state, talks to the engine, and says when something changed. */
export class Controller {
  state: PageState = fromOpened(START);
  rows: readonly Row[] = [];
  examples: readonly Example[] = [];
  engine: EngineStatus = { kind: "loading" };
  /** What was pasted into the import box, as the engine understood it. */
  imported: Imported | undefined;
  importing = false;
  /** True while a scenario is made in which all is known. */
  filling = false;
  /** What could not be done, for the reader; "" for nothing. It stays until the next edit. */
  notice = "";
  /** What a link says of the answers when it was made. */
  linked: Answered | undefined;
  /** The id of the row of the tables whose address was opened, or "". */
  row = "";
  plain = plainEditor();
  /** True while the scenario that the address asks for is on its way. */
  arriving = false;
  readonly history = new History();
  readonly judge: Judge;
  readonly diagnoser: Diagnoser;
  readonly navigation: Navigation;

  readonly #client: EngineClient;
  readonly #changed: () => void;
  readonly #readers = new Map<Module, EngineClient>();
  #importsAsked = 0;
  #filled: Promise<void> | undefined;
  #examplesFetched: Promise<void> | undefined;

  constructor(changed: () => void) {
    this.#changed = changed;
    this.#client = new EngineClient(JUDGE, (status) => {
      this.engine = status;
      changed();
    });
    this.judge = new Judge(
      this.#client,
      () => this.#reader(IMPORTER),
      () => this.#judged(),
    );
    this.diagnoser = new Diagnoser(
      () => this.#reader(IMPORTER),
      changed,
      (names) => this.#noneOf(names),
    );
    this.navigation = new Navigation((target) => void this.#go(target), changed);
  }

  /** Shows what the address asks for, and asks the engine for all that the first view shows. */
  start(): void {
    const target = this.navigation.start();
    this.#client.start();
    void this.#arrive(target);
    void this.#fill();
  }

  /** What is typed before the scenario has come would be lost, so the page waits for it. */
  async #arrive(target: Target): Promise<void> {
    this.arriving = target.kind !== "start";
    if (this.arriving) this.state = fromOpened(EMPTY);
    await this.#go(target);
    this.arriving = false;
    this.#changed();
  }

  /** The link of what stands on the page. */
  async link(): Promise<string | LinkError> {
    const { encodeLink } = await import("../links/link");
    const fresh = !this.judge.pending && !this.judge.stale;
    const outcomes = fresh ? this.judge.answers.map((answer) => answer.outcome) : [];
    return encodeLink(scenarioText(this.state), { engine: this.judge.engineVersion, outcomes });
  }

  /** Does what a message says. Showing a place is left to the elements. */
  async handle(message: Message): Promise<void> {
    const { state } = this;
    const edit = editOf(state, message);
    if (edit) return edit.step === "" ? this.#typed(edit.state) : this.#step(edit.step, edit.state);
    switch (message.kind) {
      case "choose-request":
        return this.#view({ ...state, active: message.index });
      case "section-format":
        return this.#format(message.id);
      case "switch-accounts":
        return this.#switchAccounts();
      case "apply-fix":
        return this.#applyFix(message.fix);
      case "load":
        return this.#load(message.text, {
          label: `open “${message.title}”`,
          ...(message.hash === undefined ? {} : { hash: message.hash }),
        });
      case "import-open":
        this.#reader(IMPORTER);
        return;
      case "import-paste":
        return this.#importPaste(message);
      case "import-cancel":
        return this.#importCancel();
      case "import-apply":
        return this.#load(this.imported?.text ?? "", {
          label: `import ${this.imported?.kind ?? ""}`,
          unknown: this.#isNobodys && this.imported?.fragment === true,
        });
      case "command-answer":
        this.diagnoser.say(message.id, message.answer);
        return this.#judged();
      case "fill":
        return this.#openFilling(message.allowed);
      case "plain-editor":
        this.plain = message.plain;
        setPlainEditor(message.plain);
        return this.#changed();
      case "forget":
        return this.#forget();
      case "forget-draft":
        this.navigation.drafts.forget(message.id);
        return this.#changed();
      case "dismiss":
        return this.#tell("");
      case "undo":
        return this.#show(this.history.undo(state));
      case "redo":
        return this.#show(this.history.redo(state));
      case "show-check":
        this.judge.chosen = message.index;
        return this.#changed();
      case "start-engine":
        return this.#restart();
      case "show-place":
      case "show-row":
        return;
    }
  }

  #judged(): void {
    const { answer, pending, stale } = this.judge;
    if (!pending && !stale) this.diagnoser.look(this.state, answer);
    this.#changed();
  }

  /** A person said that there is none of something: what was not known of it is, from now on. */
  #noneOf(names: readonly string[]): void {
    const open = this.judge.answer?.layers.filter(({ name, state }) => state === "not known" && names.includes(name)) ?? [];
    if (open.length > 0)
      this.#step(
        "set what there is none of",
        edits.setLayers(
          this.state,
          open.map(({ name }) => name),
          true,
        ),
      );
  }

  #typed(state: PageState): void {
    this.state = state;
    this.#edited();
    this.judge.judgeSoon(state);
    this.#changed();
  }

  #step(label: string, state: PageState): void {
    if (state === this.state) return;
    this.history.record(label, this.state, state);
    this.#show(state);
  }

  #show(state: PageState | undefined): void {
    if (!state) return;
    this.#view(state);
    this.#edited();
  }

  /** Shows a state without calling it an edit. */
  #view(state: PageState): void {
    this.state = state;
    void this.judge.judge(state);
    this.#changed();
  }

  /** What was told of another scenario, or of another state of it, goes. */
  #untold(): void {
    this.notice = "";
    this.linked = undefined;
    this.row = "";
  }

  #edited(): void {
    this.#untold();
    this.navigation.edited(this.#writer(this.state));
  }

  #writer(state: PageState): () => { title: string; text: string } {
    return () => ({ title: state.title, text: scenarioText(state) });
  }

  #tell(notice: string): void {
    this.notice = notice;
    this.#changed();
  }

  #restart(): void {
    this.#client.start();
    void this.judge.judge(this.state);
    void this.#fill();
  }

  async #try(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      this.#tell(error.message);
    }
  }

  async #go(target: Target): Promise<void> {
    this.#untold();
    switch (target.kind) {
      case "start":
        return this.#view(fromOpened(START, this.state));
      case "draft":
        return this.#load(target.text, { label: `open the draft “${target.title}”`, arrived: true });
      case "link":
        return this.#openLink(target.hash);
      case "private":
        return this.#openPrivate(target.hash);
      case "example":
        return this.#openExample(target.file);
      case "row":
        return this.#openRow(target.id);
    }
  }

  async #openLink(hash: string): Promise<void> {
    const { decodeLink } = await import("../links/link");
    const link = decodeLink(hash);
    if ("error" in link) return this.#lost(link.error.message);
    const linked = { engine: link.engine, outcomes: link.outcomes };
    await this.#load(link.text, { label: "open a link", arrived: true, linked });
  }

  /** A short link holds a link that only its key opens. */
  async #openPrivate(hash: string): Promise<void> {
    const { openPrivate } = await import("../share/short-link");
    const link = await openPrivate(hash, new URL(".", document.baseURI).href);
    return typeof link === "string" ? this.#openLink(link) : this.#lost(link.error.message);
  }

  async #openExample(file: string): Promise<void> {
    await this.#fetchExamples();
    const example = this.examples.find((entry) => entry.file === file);
    if (!example) return this.#lost(`There is no scenario called ${file} here.`);
    await this.#load(example.text, { label: `open “${example.title}”`, arrived: true });
  }

  async #openRow(id: string): Promise<void> {
    await this.#fill();
    const row = this.rows.find((entry) => entry.id === id);
    if (!row) return this.#lost(`The tables have no row called ${id}.`);
    await this.#load(row.scenario, { label: "open a row of the tables", arrived: true });
    this.row = id;
    this.#changed();
  }

  /** An address led nowhere. What is on the page stays; an empty page shows the start. */
  #lost(message: string): void {
    if (this.state.requests.every((request) => request.lines.every((line) => line.value === ""))) this.#view(fromOpened(START));
    this.#tell(message);
  }

  /** Asks for the rows of the tables, once. */
  #fill(): Promise<void> {
    this.#filled ??= this.#fetchRows();
    return this.#filled;
  }

  async #fetchRows(): Promise<void> {
    try {
      this.rows = (await this.#client.call("combinations", "")).rows;
      this.#changed();
    } catch (error) {
      // The judge tells about an engine that does not run. Next time it may.
      if (!(error instanceof EngineError)) throw error;
      this.#filled = undefined;
    }
    await this.#fetchExamples();
    // A link must also be made where the network is gone by then.
    void Promise.all([import("../links/link"), import("../answer/report")]).catch(() => undefined);
  }

  /**
   * The engine answered them when the page was built. Without them (offline,
   * say) the gallery stays closed and all else works.
   */
  #fetchExamples(): Promise<void> {
    this.#examplesFetched ??= fetch(`examples.json?v=${ENGINE_VERSION}`)
      .then((response) => (response.ok ? (response.json() as Promise<{ examples: Example[] }>) : undefined))
      .catch(() => undefined)
      .then((answer) => {
        if (!answer) {
          this.#examplesFetched = undefined;
          return;
        }
        this.examples = answer.examples;
        this.#changed();
      });
    return this.#examplesFetched;
  }

  async #format(id: number): Promise<void> {
    const section = this.state.sections.find((entry) => entry.id === id);
    if (!section || guard(this.state).some((problem) => problem.section === section.name)) return;
    const { text } = section;
    await this.#try(async () => {
      const formatted = (await this.#client.call("format", text)).text.replace(/\n$/, "");
      const now = this.state.sections.find((entry) => entry.id === id);
      // What was typed meanwhile is worth more than a format.
      if (now?.text !== text || formatted === text) return;
      this.#step(`format ${cardLabel(section, this.judge.resourceLabel)}`, edits.setText(this.state, id, formatted));
    });
  }

  async #applyFix(fix: Fix): Promise<void> {
    // A fix of an older text would take back what was typed since.
    if (!this.judge.pending && this.judge.fixes.includes(fix)) await this.#load(fix.text, { label: fix.title, before: this.state });
  }

  async #importPaste(message: ImportPaste): Promise<void> {
    const asked = ++this.#importsAsked;
    this.importing = message.text !== "";
    this.imported = undefined;
    this.#changed();
    if (message.text === "") return;
    const imported = await this.#import(message);
    // Of several pastes only the last one's answer counts.
    if (asked !== this.#importsAsked) return;
    this.imported = imported;
    this.importing = false;
    this.#changed();
  }

  #importCancel(): void {
    this.#importsAsked++;
    this.importing = false;
    for (const reader of [...this.#readers.values()]) reader.end();
    this.#changed();
  }

  async #import({ text: pasted, choice, values }: ImportPaste): Promise<Imported> {
    const present = scenarioText(this.state);
    // The example that the page begins with is nobody's case.
    const scenario = present === scenarioText(fromOpened(START)) ? "" : present;
    const read = (text: string, translated: string) => {
      const head = JSON.stringify({ scenario, choice, values: JSON.stringify(values), translated });
      return this.#reader(IMPORTER).call("import", `${head}\n${text}`);
    };
    try {
      const imported = await read(pasted, "");
      if (imported.syntax === "") return imported;
      const { text, problems } = await this.#reader(SOURCE).call("translate", `${imported.syntax}\n${pasted}`);
      return problems.length > 0 ? { ...imported, problems } : await read(text, "yes");
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return notImported(error.message);
    }
  }

  /** True while what stands on the page was typed by nobody: the example that the page begins with, or nothing. */
  get #isNobodys(): boolean {
    const present = scenarioText(this.state);
    return present === scenarioText(fromOpened(START)) || present === scenarioText(fromOpened(EMPTY));
  }

  /** Opens a scenario in which all is known, and the shown request is allowed, or denied. */
  async #openFilling(allowed: boolean): Promise<void> {
    const before = this.state;
    const { name } = activeRequest(before);
    this.filling = true;
    this.#changed();
    await this.#try(async () => {
      const { result } = await callTold(this.#reader(IMPORTER), "fillings", scenarioText(before));
      if (this.state !== before) return;
      const found = result.fillings.find((filling) => filling.request === name && (filling.outcome === "allow") === allowed);
      if (found) return this.#load(found.text, { label: `fill in what is not known, ${allowed ? "allowed" : "denied"}` });
      this.#tell(
        "Filling in one check of this call does not decide it, or there is too much that is not known. Say of some of it that there is none.",
      );
    });
    this.filling = false;
    this.#changed();
  }

  /** Few readers import, so what it needs is fetched when the first one does. */
  #reader(module: Module): EngineClient {
    const known = this.#readers.get(module);
    if (known) return known;
    const client = new EngineClient(module, (status) => {
      if (status.kind === "failed") this.#readers.delete(module);
    });
    this.#readers.set(module, client);
    client.start();
    return client;
  }

  #forget(): void {
    this.history.clear();
    this.navigation.forget();
    this.plain = plainEditor();
    this.#untold();
    this.#view(fromOpened(START));
  }

  async #switchAccounts(): Promise<void> {
    const before = this.state;
    const text = scenarioText(before);
    await this.#try(async () => {
      const switched = guard(before).length > 0 ? undefined : await this.#client.call("switchAccounts", text);
      if (this.state !== before) return;
      if (!switched || switched.text === "" || switched.text === text) {
        this.#tell(switched?.problems.find(isError)?.message ?? "The accounts can't be switched here.");
        return;
      }
      // The answer will say the same; until it comes, the radio button must not jump back.
      this.judge.mode = switched.mode;
      await this.#load(switched.text, {
        label: switched.mode === "same-account" ? "switch to same account" : "switch to cross-account",
        before,
      });
    });
    // The radio button has moved already. If nothing else did, it goes back.
    this.#changed();
  }

  /** Opens a scenario file. */
  async #load(text: string, opening: Opening): Promise<void> {
    await this.#try(async () => {
      const opened = await this.#client.call("open", text);
      if (opening.before && this.state !== opening.before) return;
      const broken = opened.problems.find(isError);
      if (broken && opened.requests.length === 0) {
        // Nothing in it can be asked. What is on the page is worth more.
        const place = broken.line > 0 ? `${broken.line}:${broken.column}: ` : "";
        this.#lost(`Could not ${opening.label}: ${place}${broken.message}`);
        return;
      }
      this.#opened(opened, opening);
    });
  }

  #opened(opened: Opened, { label, hash, before, arrived, linked, unknown }: Opening): void {
    this.#untold();
    if (!before) this.diagnoser.forget();
    const read = fromOpened(opened, this.state);
    const next = unknown ? edits.allUnknown(read) : read;
    if (before) return this.#step(label, { ...next, active: before.active, edited: true });
    // Where the reader came from by an address, going back leads there again.
    if (!arrived) this.history.record(label, this.state, next);
    this.#view(next);
    this.linked = linked;
    if (hash !== undefined) this.navigation.opened(hash);
    else if (!arrived) this.navigation.openedDraft(this.#writer(next));
    this.#changed();
  }
}
