// The state of the page and everything that changes it. No drawing here.
import { isError, type Example, type Row } from "./contract";
import * as edits from "./edits";
import { ENGINE_VERSION, EngineClient, EngineError, type EngineStatus } from "./engine-client";
import { guard } from "./guards";
import { History } from "./history";
import { Judge } from "./judge";
import type { Message } from "./messages";
import { fromOpened, newId, type PageState } from "./page-state";
import { scenarioText } from "./scenario-text";
import { cardLabel } from "./sections";
import { START } from "./start-scenario";

/** Holds the state, talks to the engine, and says when something changed. */
export class Controller {
  state: PageState = fromOpened(START);
  rows: readonly Row[] = [];
  examples: readonly Example[] = [];
  engine: EngineStatus = { kind: "loading" };
  readonly history = new History();
  readonly judge: Judge;

  readonly #client: EngineClient;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
    this.#client = new EngineClient((status) => {
      this.engine = status;
      changed();
    });
    this.judge = new Judge(this.#client, changed);
  }

  /** Starts the engine and asks for all that the first view shows. */
  start(): void {
    this.#client.start();
    // The first calls compile much of the engine, so these also warm it up.
    void this.judge.judge(this.state);
    void this.#fill();
  }

  /** Does what a message says. Showing a place is left to the elements. */
  async handle(message: Message): Promise<void> {
    const { state } = this;
    switch (message.kind) {
      case "main-field":
        return this.#typed(edits.setMainField(state, message.key, message.value));
      case "line-edit":
        return this.#typed(edits.setLine(state, message.id, message.key, message.value));
      case "section-text":
        return this.#typed(edits.setText(state, message.id, message.text));
      case "choose-request":
        return this.#typed({ ...state, active: message.index });
      case "line-add":
        return this.#step("add a context key", edits.addLine(state, newId()));
      case "line-remove":
        return this.#step("remove a context key", edits.removeLine(state, message.id));
      case "section-add":
        return this.#step(`add ${message.section.label}`, edits.addSection(state, message.section, newId()));
      case "section-remove":
        return this.#step("remove a policy", edits.removeSection(state, message.id));
      case "section-rename":
        return this.#step("rename a policy", edits.renameSection(state, message.id, message.name));
      case "section-format":
        return this.#format(message.id);
      case "switch-accounts":
        return this.#switchAccounts();
      case "load":
        return this.#load(message.text, `open “${message.title}”`);
      case "trouble":
        return this.#trouble(message.message);
      case "undo":
        return this.#show(this.history.undo(state));
      case "redo":
        return this.#show(this.history.redo(state));
      case "start-engine":
        return this.start();
      case "show-place":
        return;
    }
  }

  #typed(state: PageState): void {
    this.state = state;
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
    this.state = state;
    void this.judge.judge(state);
    this.#changed();
  }

  #trouble(message: string): void {
    this.judge.trouble = message;
    this.#changed();
  }

  async #try(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      this.#trouble(error.message);
    }
  }

  async #fill(): Promise<void> {
    try {
      this.rows = (await this.#client.call("combinations", "")).rows;
      this.#changed();
    } catch (error) {
      // The judge tells about an engine that does not run.
      if (!(error instanceof EngineError)) throw error;
    }
    await this.#fetchExamples();
  }

  // The engine answered them when the page was built. Without them (offline,
  // say) their button stays disabled and all else works.
  async #fetchExamples(): Promise<void> {
    const answer = await fetch(`examples.json?v=${ENGINE_VERSION}`).then(
      (response) => (response.ok ? (response.json() as Promise<{ examples: Example[] }>) : undefined),
    ).catch(() => undefined);
    if (!answer) return;
    this.examples = answer.examples;
    this.#changed();
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

  async #switchAccounts(): Promise<void> {
    const before = this.state;
    const text = scenarioText(before);
    await this.#try(async () => {
      const switched = guard(before).length > 0 ? undefined : await this.#client.call("switchAccounts", text);
      if (this.state !== before) return;
      if (!switched || switched.text === "" || switched.text === text) {
        this.#trouble(switched?.problems.find(isError)?.message ?? "The accounts can't be switched here.");
        return;
      }
      // The answer will say the same; until it comes, the radio button must not jump back.
      this.judge.mode = switched.mode;
      await this.#load(switched.text, switched.mode === "same-account" ? "switch to same account" : "switch to cross-account", before);
    });
    // The radio button has moved already. If nothing else did, it goes back.
    this.#changed();
  }

  /** Opens a scenario. With `before` it is an edit of that state, not a new scenario. */
  async #load(text: string, label: string, before?: PageState): Promise<void> {
    await this.#try(async () => {
      const opened = await this.#client.call("open", text);
      if (before && this.state !== before) return;
      const broken = opened.problems.find(isError);
      if (broken && opened.requests.length === 0) {
        // Nothing in it can be asked. What is on the page is worth more.
        const place = broken.line > 0 ? `${broken.line}:${broken.column}: ` : "";
        this.#trouble(`Could not ${label}: ${place}${broken.message}`);
        return;
      }
      const next = fromOpened(opened, this.state);
      this.#step(label, before ? { ...next, active: before.active, edited: true } : next);
    });
  }
}
