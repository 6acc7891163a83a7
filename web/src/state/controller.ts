// The state of the page and everything that changes it. No drawing here.
import { hintsBy } from "../editor/hint-search";
import { EngineClient, EngineError, IMPORTER, JUDGE, type EngineStatus } from "../engine/engine-client";
import type { Command, Opened, Problem } from "../engine/contract";
import { isError } from "../engine/problem";
import { scenarioText } from "../scenario/scenario-text";
import { act } from "./acts";
import { Arrivals } from "./arrivals";
import { Diagnoser } from "./diagnoser";
import type { CommandAnswers, Told } from "./drafts";
import { edit, type Editing } from "./editing";
import * as edits from "./edits";
import { GalleryFile } from "./gallery-file";
import { History } from "./history";
import { Importing, isBlank, isNobodys } from "./importing";
import { laidOut } from "./lay-out";
import { Judge } from "./judge";
import type { Message } from "./messages";
import { Navigation, type Writer } from "./navigation";
import { fromOpened, type PageState } from "./page-state";
import { plainEditor, showTheme } from "./preferences";
import { Readers } from "./readers";
import { START } from "./start-scenario";

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
  /** What was said of commands for it. */
  answers?: CommandAnswers | undefined;
  /** True for a worked example: nobody's case, until somebody changes it. */
  example?: boolean;
  /** True where there is nothing in it: no draft, until somebody writes something. */
  blank?: boolean;
  /** True where a policy in one long line is laid out. */
  layOut?: boolean;
}

/** Holds the state, talks to the engine, and says when something changed. */
export class Controller implements Editing {
  state: PageState = fromOpened(START);
  engine: EngineStatus = { kind: "loading" };
  /** True while a scenario is made in which all is known. */
  filling = false;
  /** What could not be done, for the reader; "" for nothing. It stays until the next edit. */
  notice = "";
  /** That a part of the page could not be fetched; "" while none is missing. It stays until it is dismissed. */
  missing = "";
  /** What a link or a draft says of the answers when it was made. */
  linked: Told | undefined;
  plain = plainEditor();
  /** True until something was brought, opened or begun: the first screen. It does not change while somebody types. */
  welcome = true;
  /** True while a worked example is shown as it was opened. */
  #example = false;
  /** The text of the file while it can't be opened. Nothing that was typed is lost. */
  fileText: string | undefined;
  fileProblems: readonly Problem[] = [];
  readonly history = new History();
  readonly judge: Judge;
  readonly diagnoser: Diagnoser;
  /** Judges what stands on the page. */
  readonly client: EngineClient;
  /** Has the page drawn anew. */
  readonly changed: () => void;
  /** Has it drawn anew with the answer to what is being typed, or soon if that takes its time. */
  readonly #awaited: () => void;
  readonly readers = new Readers();
  readonly importing: Importing;
  readonly navigation: Navigation;
  readonly arrivals: Arrivals;
  readonly gallery: GalleryFile;
  #rested = false;
  /** What was said of commands for a case that was left: it comes back with it. */
  readonly #left = new WeakMap<PageState, CommandAnswers>();

  constructor(changed: () => void, awaited: () => void) {
    this.changed = changed;
    this.#awaited = awaited;
    this.client = new EngineClient(JUDGE, (status) => {
      this.engine = status;
      changed();
    });
    hintsBy(this.client);
    this.judge = new Judge(
      this.client,
      () => this.readers.of(IMPORTER),
      () => this.judged(),
    );
    this.diagnoser = new Diagnoser(
      () => this.readers.of(IMPORTER),
      changed,
      (names) => this.#noneOf(names),
    );
    this.importing = new Importing(this.readers, () => this.state, changed);
    this.arrivals = new Arrivals(this);
    this.navigation = new Navigation((target) => void this.arrivals.go(target), changed);
    this.gallery = new GalleryFile(changed);
  }

  /** Shows what the address asks for, and asks the engine for all that the first view shows. */
  start(): void {
    const target = this.navigation.start();
    this.client.start();
    void this.arrivals.arrive(target);
  }

  /** Does what a message says. Showing a place is left to the elements. */
  async handle(message: Message): Promise<void> {
    if (message.kind === "section-replace") message = { ...message, text: await laidOut(this.client, message.text) };
    if (!(await edit(this, message, () => import("./rewrites")))) await act(this, message);
  }

  /** True where nothing on the page is the reader's own: what is imported then starts clean. */
  get nobodys(): boolean {
    return this.#example || isNobodys(this.state);
  }

  /** What to fetch next, of what nobody said yet that it is out of reach. */
  get next(): Command | undefined {
    const { result, answers } = this.diagnoser;
    return result?.next ?? result?.checklist.flatMap(({ commands }) => commands).find(({ id }) => answers[id] === undefined);
  }

  /** The engine has answered, or asks for other commands than before. */
  judged(): void {
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
    const open = this.judge.answer?.layers.filter(({ state }) => state === "not known" || state === "others not known") ?? [];
    const none = open.map(({ name }) => name).filter((name) => names.includes(name));
    if (none.length > 0) this.step("set what there is none of", edits.setLayers(this.state, none, true));
  }

  /** Takes a state that is being typed: what undo knows of it is not a step. */
  typed(state: PageState): void {
    this.state = state;
    this.#edited();
    this.judge.judgeSoon(state);
    this.#awaited();
  }

  /** Goes one step on, which undo takes back. */
  step(label: string, state: PageState, goesOn = false): void {
    if (state === this.state) return;
    this.history.record(label, this.state, state, goesOn);
    this.show(state);
  }

  /** Shows a state, which is kept as an edit. */
  show(state: PageState | undefined): void {
    if (!state) return;
    this.view(state);
    this.#edited();
    this.changed();
  }

  /** Begins another case, of whose commands nothing was said but what is given. */
  begin(answers?: CommandAnswers): void {
    this.#left.set(this.state, this.diagnoser.answers);
    this.diagnoser.begin(answers);
  }

  /** Goes back or forth to a state. Where it is of another case, with what was said of commands for that. */
  travel(state: PageState | undefined): void {
    const answers = state && this.#left.get(state);
    if (answers) {
      this.#left.delete(state);
      this.begin(answers);
    }
    this.show(state);
  }

  /** Shows a state without calling it an edit. */
  view(state: PageState): void {
    this.state = state;
    void this.judge.judge(state);
    this.changed();
  }

  /** What was told of another scenario, or of another state of it, goes. */
  untold(): void {
    this.notice = "";
    this.linked = undefined;
    this.arrivals.row = "";
    this.arrivals.tables = "";
  }

  #edited(): void {
    this.#example = false;
    this.untold();
    this.keep();
  }

  /** Saves what stands on the page as a draft. */
  keep(): void {
    this.navigation.edited(this.#writer(this.state));
  }

  #writer(state: PageState): Writer {
    const { answers } = this.diagnoser;
    return () => {
      const text = this.fileText ?? scenarioText(state);
      return { blank: isBlank(text), draft: { title: state.title, text, answers, ...this.judge.told(state) } };
    };
  }

  /** Tells the reader what could not be done; "" for nothing. */
  tell(notice: string): void {
    this.notice = notice;
    this.changed();
  }

  /** Tells the reader that a part of the page could not be fetched. */
  miss(missing: string): void {
    this.missing = missing;
    this.changed();
  }

  /** Takes away what was told. */
  dismiss(): void {
    this.missing = "";
    this.tell("");
  }

  /** Starts the engine, and asks it again. */
  restart(): void {
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

  /** Fetches what the first answer did not need. */
  async #fetchRest(): Promise<void> {
    if (this.#rested) return;
    this.#rested = true;
    await this.gallery.fetch();
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

  /** Forgets all that is kept, and starts anew. */
  forget(): void {
    this.history.clear();
    this.navigation.forget();
    this.plain = plainEditor();
    this.welcome = true;
    showTheme("system");
    this.untold();
    this.view(fromOpened(START));
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
        this.arrivals.lost(`Could not ${opening.label}: ${place}${broken.message}`);
        return;
      }
      const sections = opening.layOut ? await this.#laidOut(opened.sections) : opened.sections;
      this.opened({ ...opened, sections }, opening);
    });
  }

  /** Sections in which what was brought in one long line is laid out. */
  async #laidOut(sections: Opened["sections"]): Promise<Opened["sections"]> {
    const had = new Set(this.state.sections.map(({ text }) => text));
    const lay = async (section: Opened["sections"][number]) => {
      const text = section.text.trimEnd();
      return had.has(text) ? section : { ...section, text: await laidOut(this.client, text) };
    };
    return Promise.all(sections.map(lay));
  }

  /** Puts a scenario onto the page that the engine has taken apart. */
  opened(opened: Opened, { label, hash, before, arrived, linked, answers, example, blank }: Opening): void {
    this.untold();
    if (!before) this.begin(answers);
    this.welcome = false;
    const next = fromOpened(opened, this.state);
    if (before) return this.step(label, { ...next, active: before.active, edited: true });
    // Where the reader came from by an address, going back leads there again.
    if (!arrived) this.history.record(label, this.state, next);
    this.view(next);
    this.linked = linked;
    this.#example = example === true;
    if (hash !== undefined) this.navigation.opened(hash);
    else if (blank) this.navigation.openedBlank();
    else if (!arrived) this.navigation.openedDraft(this.#writer(next));
    this.fileText = undefined;
    this.changed();
  }
}
