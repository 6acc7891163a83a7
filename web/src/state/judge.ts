// Asks the engine about a state and keeps the last good answers.
import { serviceTexts } from "../engine/catalogue-texts";
import { callTold } from "./told";
import type { Answer, Facts, Fix, Level, Mode, Problem, Results, StatementRow } from "../engine/contract";
import { EngineError, type EngineClient } from "../engine/engine-client";
import type { Told } from "./drafts";
import { guard } from "./guards";
import { kept } from "./kept";
import { activeRequest, type PageState, type Section } from "./page-state";
import { scenarioText } from "../scenario/scenario-text";

/** How long a denied request must stand still before its fixes are looked for. */
const FIXES_PAUSE_MS = 150;

/** What the page knows about the state that it shows. */
export class Judge {
  /** The last good answers, one for each request. */
  answers: readonly Answer[] = [];
  /** The answer to the request that is shown. */
  answer: Answer | undefined;
  /** The check of its call that a reader looks at; undefined for the one that decides. */
  chosen: number | undefined;
  /** The edits that would let the shown request in. */
  fixes: readonly Fix[] = [];
  /** Why there are no fixes, or "". */
  noFix = "";
  /** The problems of the present text. */
  problems: readonly Problem[] = [];
  /** True while the answer belongs to an older text that the engine could judge. */
  stale = false;
  /** True while the engine has not yet judged what stands on the page. */
  pending = true;
  /** Same account or cross-account, as the engine last saw it. */
  mode: Mode | undefined;
  /** What went wrong apart from the text itself, or "". */
  trouble = "";
  /** The version of the engine that answered. */
  engineVersion = "";

  readonly #client: EngineClient;
  readonly #fixer: () => EngineClient | undefined;
  readonly #changed: () => void;
  #asking = 0;
  #next: PageState | undefined;
  #fixTimer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  #answered: PageState | undefined;

  /** What looks for fixes is started when the first request is denied, if anybody wants some. */
  constructor(client: EngineClient, fixer: () => EngineClient | undefined, changed: () => void) {
    this.#client = client;
    this.#fixer = fixer;
    this.#changed = changed;
  }

  /** The facts of the check that a reader looks at. */
  get shown(): Facts | undefined {
    return this.answer?.checks[this.chosen ?? -1]?.answer ?? this.answer;
  }

  /** The answers in which to look a section up: that of the check that is shown, then the others. */
  get #facts() {
    return [this.shown, this.answer, ...(this.answer?.checks ?? []).map((check) => check.answer)];
  }

  /** What the level with these sections said, or undefined where it was not looked at. */
  levelOf(sections: readonly string[]): Level["said"] | undefined {
    const levels = this.#facts.flatMap((facts) => facts?.levels ?? []);
    return levels.find((level) => level.sections.some((name) => sections.includes(name)))?.said;
  }

  /** What became of the statements of a section: in the check that is shown, or else in the first that reads it. */
  rowsOf(name: string): readonly StatementRow[] {
    for (const each of this.#facts) {
      const rows = each?.statements.filter((row) => row.section === name) ?? [];
      if (rows.length > 0) return rows;
    }
    return [];
  }

  /** What the resource's policy is called: the engine knows it by the service. */
  get resourceLabel(): string {
    if (!this.shown) return "Key policy";
    return this.shown.said.find((said) => said.type === "resource" || said.type === "trust")?.label ?? "";
  }

  /** The answers to a state as a draft keeps them, where they are those to just this state. */
  told(state: PageState): { told?: Told } {
    if (this.#answered !== state || this.stale) return {};
    return { told: { draft: true, engine: this.engineVersion, outcomes: this.answers.map((answer) => answer.outcome) } };
  }

  /** True if the answer belongs to another text of this section. */
  hasMoved(section: Section): boolean {
    return this.#answered?.sections.find((entry) => entry.name === section.name)?.text !== section.text;
  }

  /** Judges a state as soon as the engine is free, so that of the key presses meanwhile only the last one asks it. */
  judgeSoon(state: PageState): void {
    if (this.#asking === 0) return void this.judge(state);
    this.pending = true;
    this.#next = state;
    // What it is at belongs to a text that is no longer there.
    this.#asked++;
  }

  /** Judges a state at once. Of several questions only the last one's answer is taken. */
  async judge(state: PageState): Promise<void> {
    this.#next = undefined;
    clearTimeout(this.#fixTimer);
    this.pending = true;
    const asked = ++this.#asked;
    const guarded = guard(state);
    if (guarded.length > 0) return this.#noAnswer(guarded, "");
    const text = scenarioText(state);
    await this.#ask(asked, async () => {
      const { problems, answers, engine, failed } = await this.#evaluate(state, text);
      if (asked !== this.#asked) return;
      this.engineVersion = engine;
      const { name } = activeRequest(state);
      const answer = answers.find((entry) => entry.request === name);
      if (!answer) return this.#noAnswer(problems, "");
      this.#take(state, answers, answer, problems, failed);
      this.#fixSoon(asked, text, answer);
    });
  }

  async #evaluate(state: PageState, text: string): Promise<Results["evaluate"] & { failed: readonly string[] }> {
    const { base } = this.#client;
    // While the engine loads, and before it can say what it needs.
    const actions = state.requests.flatMap(({ lines }) => lines.filter(({ key, value }) => key === "action" && value.includes(":")));
    void serviceTexts(
      base,
      actions.map(({ value }) => value.slice(0, value.indexOf(":")).trim().toLowerCase()),
    );
    const { result, failed } = await callTold(this.#client, "evaluate", text);
    return { ...kept({ ...result, answers: this.answers, problems: this.problems }, result), failed };
  }

  #take(state: PageState, answers: readonly Answer[], answer: Answer, problems: readonly Problem[], failed: readonly string[]): void {
    // While the call asks the same, the reader keeps what was chosen.
    if (asks(this.answer) !== asks(answer)) this.chosen = undefined;
    this.#answered = state;
    this.answers = answers;
    this.answer = answer;
    this.#noFixes();
    this.problems = problems;
    this.mode = answer.mode;
    this.stale = false;
    this.pending = false;
    this.trouble =
      failed.length === 0
        ? ""
        : `What AWS knows of the actions of ${failed.join(" and ")} could not be fetched. Actions and resources are taken as written.`;
    this.#changed();
  }

  /** Looking for fixes judges the scenario many times more: it waits for a pause, and has a worker of its own. */
  #fixSoon(asked: number, text: string, answer: Answer): void {
    if (answer.outcome !== "implicit deny" && answer.outcome !== "explicit deny") return;
    this.#fixTimer = setTimeout(() => void this.#findFixes(asked, text, answer), FIXES_PAUSE_MS);
  }

  /** The answer stands, also where no fixes could be looked for. */
  async #findFixes(asked: number, text: string, answer: Answer): Promise<void> {
    const fixer = this.#fixer();
    if (!fixer) return;
    let found: { fixes: readonly Fix[]; reason: string };
    try {
      found = (await callTold(fixer, "fixes", `${answer.request}\n${text}`)).result;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      found = { fixes: [], reason: error.message };
    }
    if (asked !== this.#asked) return;
    this.fixes = found.fixes;
    this.noFix = found.reason;
    this.#changed();
  }

  async #ask(asked: number, ask: () => Promise<void>): Promise<void> {
    this.#asking++;
    try {
      await ask();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (asked === this.#asked) this.#noAnswer(this.problems, error.message);
    } finally {
      this.#asking--;
      if (this.#asking === 0 && this.#next) void this.judge(this.#next);
    }
  }

  #noFixes(): void {
    // The same empty list is not drawn anew.
    if (this.fixes.length > 0) this.fixes = [];
    this.noFix = "";
  }

  #noAnswer(problems: readonly Problem[], trouble: string): void {
    this.problems = problems;
    this.#noFixes();
    this.trouble = trouble;
    this.stale = this.answer !== undefined;
    this.pending = false;
    this.#changed();
  }
}

function asks(answer: Answer | undefined): string {
  return JSON.stringify([answer?.request, answer?.checks.map(({ action, resource, principal }) => [action, resource, principal])]);
}
