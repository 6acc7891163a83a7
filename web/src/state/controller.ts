// The state of the page and everything that changes it. No drawing here.
import { hintsBy } from "../editor/hint-search";
import type { Block, BlockForm, Examples, Opened, Problem, Redaction } from "../engine/contract";
import { isError } from "../engine/problem";
import { edit, type Editing } from "./editing";
import * as edits from "./edits";
import { Diagnoser } from "./diagnoser";
import { ENGINE_VERSION, EngineClient, EngineError, IMPORTER, JUDGE, type EngineStatus } from "../engine/engine-client";
import { History } from "./history";
import { Importing, isNobodys } from "./importing";
import { Judge } from "./judge";
import type { LinkError } from "../links/link";
import type { CommandAnswers, Told } from "./drafts";
import type { Message } from "./messages";
import { Navigation, type Target, type Writer } from "./navigation";
import { fromOpened, type PageState } from "./page-state";
import { plainEditor, setPlainEditor, setTheme, showTheme } from "./preferences";
import { scenarioText } from "../scenario/scenario-text";
import { Readers } from "./readers";
import { EMPTY, START } from "./start-scenario";

/** How a scenario came onto the page. */
export interface Opening {
  /** What undo calls it. */
  label: string;
  /** Its address, where it has one. */
  hash?: string;
  /** The state that it is an edit of. */
  before?: PageState;
  /** True when the reader went there by an address: then the address is right already. */
  arrived?: boolean;
  /** The answers that a link or a draft tells of. */
  linked?: Told | undefined;
  /** True where what it does not have is not known. */
  unknown?: boolean;
  /** What was said of commands for it. */
  answers?: CommandAnswers | undefined;
  /** True for a worked example: nobody's case, until somebody changes it. */
  example?: boolean;
}

/** Holds the state, talks to the engine, and says when something changed. */
export class Controller implements Editing {
  state: PageState = fromOpened(START);
  examples: Examples | undefined;
  engine: EngineStatus = { kind: "loading" };
  /** True while a scenario is made in which all is known. */
  filling = false;
  /** What could not be done, for the reader; "" for nothing. It stays until the next edit. */
  notice = "";
  /** What a link or a draft says of the answers when it was made. */
  linked: Told | undefined;
  /** The id of the row of the tables whose address was opened, or "". */
  row = "";
  /** The table and the view of it whose address was opened, or "". */
  tables = "";
  plain = plainEditor();
  /** True until something was brought, opened or begun: the first screen. It does not change while somebody types. */
  welcome = true;
  /** True while a worked example is shown as it was opened. */
  #example = false;
  /** The text of the file while it can't be opened. Nothing that was typed is lost. */
  fileText: string | undefined;
  fileProblems: readonly Problem[] = [];
  /** True while the scenario that the address asks for is on its way. */
  arriving = false;
  readonly history = new History();
  readonly judge: Judge;
  readonly diagnoser: Diagnoser;
  /** Judges what stands on the page. */
  readonly client: EngineClient;
  /** Has the page drawn anew. */
  readonly changed: () => void;
  readonly readers = new Readers();
  readonly importing: Importing;
  readonly navigation: Navigation;

  #rested = false;
  #examplesFetched: Promise<void> | undefined;

  constructor(changed: () => void) {
    this.changed = changed;
    this.client = new EngineClient(JUDGE, (status) => {
      this.engine = status;
      changed();
    });
    hintsBy(this.client);
    this.judge = new Judge(
      this.client,
      () => this.readers.of(IMPORTER),
      () => this.#judged(),
    );
    this.diagnoser = new Diagnoser(
      () => this.readers.of(IMPORTER),
      changed,
      (names) => this.#noneOf(names),
    );
    this.importing = new Importing(this.readers, () => this.state, changed);
    this.navigation = new Navigation((target) => void this.#go(target), changed);
  }

  /** Shows what the address asks for, and asks the engine for all that the first view shows. */
  start(): void {
    const target = this.navigation.start();
    this.client.start();
    void this.#arrive(target);
  }

  /** What is typed before the scenario has come would be lost, so the page waits for it. */
  async #arrive(target: Target): Promise<void> {
    this.arriving = target.kind !== "start";
    this.welcome = !this.arriving;
    if (this.arriving) this.state = fromOpened(EMPTY);
    await this.#go(target);
    this.arriving = false;
    this.changed();
  }

  /** The link of what stands on the page, or of a redaction of it. */
  async link(redacted?: Redaction): Promise<string | LinkError> {
    const { encodeLink } = await import("../links/link");
    const same = redacted === undefined || redacted.proof.proved;
    const fresh = same && !this.judge.pending && !this.judge.stale;
    const outcomes = fresh ? this.judge.answers.map((answer) => answer.outcome) : [];
    return encodeLink(redacted?.text ?? scenarioText(this.state), { engine: this.judge.engineVersion, outcomes });
  }

  /** A scenario file as a block for somebody's page, with the address that opens it. */
  async block(form: BlockForm, address: string, file: string): Promise<Block> {
    const { callTold } = await import("./told");
    try {
      return (await callTold(this.readers.of(IMPORTER), "block", `${form} ${address}\n${file}`)).result;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return { block: "", problem: error.message, missing: [] };
    }
  }

  /** Does what a message says. Showing a place is left to the elements. */
  async handle(message: Message): Promise<void> {
    const { state } = this;
    if (await edit(this, message, () => import("./rewrites"))) return;
    switch (message.kind) {
      case "choose-request":
        return this.#view({ ...state, active: message.index });
      case "arrange": {
        const { arranged } = await import("./arrange");
        const done = arranged(this.state, message.what);
        return done && this.step(done.step, done.state);
      }
      case "file-text-drop":
        this.fileText = undefined;
        this.fileProblems = [];
        return this.#show(this.state);
      case "file-text":
        // At once, so that the page's undo leaves the key to the text.
        this.fileText = message.text;
        return (await import("./file-text")).takeFileText(this, message.text);
      case "theme":
        setTheme(message.theme);
        return this.changed();
      case "load":
        return this.load(message.text, {
          label: `open “${message.title}”`,
          ...(message.hash === undefined ? {} : { hash: message.hash }),
          linked: message.told,
          answers: message.answers,
          example: message.hash !== undefined,
        });
      case "new":
        return this.#begin();
      case "import-open":
        this.readers.of(IMPORTER);
        return;
      case "import-paste":
        return this.importing.paste(message);
      case "import-cancel":
        return this.importing.cancel();
      case "import-apply":
        return this.load(this.importing.result?.text ?? "", {
          label: `import ${this.importing.result?.kind ?? ""}`,
          unknown: (message.clean || isNobodys(this.state)) && this.importing.result?.fragment === true,
          answers: message.clean ? {} : this.diagnoser.answers,
        });
      case "command-answer":
        this.diagnoser.say(message.id, message.text, message.answer);
        this.navigation.edited(this.#writer(this.state));
        return this.#judged();
      case "fill":
        return (await import("./rewrites")).openFilling(this, message.allowed);
      case "plain-editor":
        this.plain = message.plain;
        setPlainEditor(message.plain);
        return this.changed();
      case "forget":
        return this.#forget();
      case "forget-draft":
        this.navigation.drafts.forget(message.id);
        return this.changed();
      case "dismiss":
        return this.tell("");
      case "undo":
        return this.#show(this.history.undo(state));
      case "redo":
        return this.#show(this.history.redo(state));
      case "show-check":
        this.judge.chosen = message.index;
        return this.changed();
      case "start-engine":
        return this.#restart();
      case "show-place":
      case "show-row":
      case "bring":
      case "browse":
      case "policy-table":
        return;
    }
  }

  /** True where nothing on the page is the reader's own: what is imported then starts clean. */
  get nobodys(): boolean {
    return this.#example || isNobodys(this.state);
  }

  /** A blank scenario. What was there stays among the drafts. */
  #begin(): void {
    this.#opened(EMPTY, { label: "start a new scenario" });
  }

  #judged(): void {
    const { answer, pending, stale } = this.judge;
    if (!pending && !stale) {
      this.diagnoser.look(this.state, answer);
      this.navigation.answered();
    }
    if (!pending) void this.#fetchRest();
    this.changed();
  }

  /** A person said that there is none of something: what was not known of it is, from now on. */
  #noneOf(names: readonly string[]): void {
    const open = this.judge.answer?.layers.filter(({ name, state }) => state === "not known" && names.includes(name)) ?? [];
    if (open.length > 0)
      this.step(
        "set what there is none of",
        edits.setLayers(
          this.state,
          open.map(({ name }) => name),
          true,
        ),
      );
  }

  /** Takes a state that is being typed: what undo knows of it is not a step. */
  typed(state: PageState): void {
    this.state = state;
    this.#edited();
    this.judge.judgeSoon(state);
    this.changed();
  }

  /** Goes one step on, which undo takes back. */
  step(label: string, state: PageState, goesOn = false): void {
    if (state === this.state) return;
    this.history.record(label, this.state, state, goesOn);
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
    this.changed();
  }

  /** What was told of another scenario, or of another state of it, goes. */
  #untold(): void {
    this.notice = "";
    this.linked = undefined;
    this.row = "";
    this.tables = "";
  }

  #edited(): void {
    this.#example = false;
    this.#untold();
    this.keep();
  }

  /** Saves what stands on the page as a draft. */
  keep(): void {
    this.navigation.edited(this.#writer(this.state));
    this.changed();
  }

  #writer(state: PageState): Writer {
    const { answers } = this.diagnoser;
    return () => ({ title: state.title, text: this.fileText ?? scenarioText(state), answers, ...this.judge.told(state) });
  }

  /** Tells the reader what could not be done; "" for nothing. */
  tell(notice: string): void {
    this.notice = notice;
    this.changed();
  }

  #restart(): void {
    this.client.start();
    void this.judge.judge(this.state);
  }

  /** Runs what the engine may fail at, and tells the reader if it does. */
  async attempt(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      this.tell(error.message);
    }
  }

  async #go(target: Target): Promise<void> {
    if (target.kind === "tables") return this.#openTables(target.view);
    this.#untold();
    switch (target.kind) {
      case "start":
        this.welcome = true;
        return this.#view(fromOpened(START, this.state));
      case "draft":
        await this.load(target.text, {
          label: `open the draft “${target.title}”`,
          arrived: true,
          linked: target.told,
          answers: target.answers,
        });
        // What could not be opened is there to be mended.
        return this.notice === "" ? undefined : (await import("./file-text")).takeFileText(this, target.text);
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
    await this.load(link.text, { label: "open a link", arrived: true, linked });
  }

  /** A short link holds a link that only its key opens. */
  async #openPrivate(hash: string): Promise<void> {
    const { openPrivate } = await import("../share/short-link");
    const link = await openPrivate(hash, new URL(".", document.baseURI).href);
    return typeof link === "string" ? this.#openLink(link) : this.#lost(link.error.message);
  }

  async #openExample(file: string): Promise<void> {
    await this.#fetchExamples();
    const example = this.examples?.examples.find((entry) => entry.file === file);
    if (!example) return this.#lost(`There is no scenario called ${file} here.`);
    await this.load(example.text, { label: `open “${example.title}”`, arrived: true, example: true });
  }

  async #openRow(address: string): Promise<void> {
    const { accessTable, rowOf } = await import("../tables/table-files");
    const { table, id } = rowOf(address);
    const found = await accessTable(document.baseURI, table).catch(() => undefined);
    const row = found?.rows.find((entry) => entry.id === id);
    if (!row) return this.#lost(`The tables have no row called ${address}, or could not be fetched.`);
    await this.load(row.scenario, { label: "open a row of the tables", arrived: true, example: true });
    this.row = address;
    this.changed();
  }

  /** Shows a view of the tables beside what is on the page; an empty page shows the start. */
  #openTables(view: string): void {
    if (this.arriving) this.#view(fromOpened(START));
    this.tables = view;
    this.changed();
  }

  /** An address led nowhere. What is on the page stays; an empty page shows the start. */
  #lost(message: string): void {
    if (this.state.requests.every((request) => request.lines.every((line) => line.value === ""))) this.#view(fromOpened(START));
    this.tell(message);
  }

  /** Fetches what the first answer did not need. */
  async #fetchRest(): Promise<void> {
    if (this.#rested) return;
    this.#rested = true;
    await this.#fetchExamples();
    // A link must also be made, and an account switched, where the network is gone by then.
    void Promise.all([
      import("../links/link"),
      import("../answer/report"),
      import("../answer/fix-list"),
      import("./rewrites"),
      import("./arrange"),
      import("./file-text"),
    ]).catch(() => undefined);
  }

  /**
   * The engine answered them when the page was built. Without them (offline,
   * say) the gallery stays closed and all else works.
   */
  #fetchExamples(): Promise<void> {
    this.#examplesFetched ??= fetch(`examples.json?v=${ENGINE_VERSION}`)
      .then((response) => (response.ok ? (response.json() as Promise<Examples>) : undefined))
      .catch(() => undefined)
      .then((answer) => {
        if (!answer) {
          this.#examplesFetched = undefined;
          return;
        }
        this.examples = answer;
        this.changed();
      });
    return this.#examplesFetched;
  }

  #forget(): void {
    this.history.clear();
    this.navigation.forget();
    this.plain = plainEditor();
    this.welcome = true;
    showTheme("system");
    this.#untold();
    this.#view(fromOpened(START));
  }

  /** Opens a scenario file. */
  async load(text: string, opening: Opening): Promise<void> {
    await this.attempt(async () => {
      const opened = await this.client.call("open", text);
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

  #opened(opened: Opened, { label, hash, before, arrived, linked, unknown, answers, example }: Opening): void {
    this.#untold();
    if (!before) this.diagnoser.begin(answers);
    this.welcome = false;
    const read = fromOpened(opened, this.state);
    const next = unknown ? edits.allUnknown(read) : read;
    if (before) return this.step(label, { ...next, active: before.active, edited: true });
    // Where the reader came from by an address, going back leads there again.
    if (!arrived) this.history.record(label, this.state, next);
    this.#view(next);
    this.linked = linked;
    this.#example = example === true;
    if (hash !== undefined) this.navigation.opened(hash);
    else if (!arrived) this.navigation.openedDraft(this.#writer(next));
    this.fileText = undefined;
    this.changed();
  }
}
