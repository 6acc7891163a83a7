// Asks the engine about a state and keeps the last good answer.
import type { Answer, Mode, Problem } from "./contract";
import { EngineError, type EngineClient } from "./engine-client";
import { guard } from "./guards";
import { activeRequest, type PageState, type Section } from "./page-state";
import { scenarioText } from "./scenario-text";

/** How long the page waits after a key press before it asks the engine. */
const PAUSE_MS = 50;

/** What the page knows about the state that it shows. */
export class Judge {
  /** The last good answer. */
  answer: Answer | undefined;
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

  readonly #client: EngineClient;
  readonly #changed: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  #answered: PageState | undefined;

  constructor(client: EngineClient, changed: () => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /** What the resource's policy is called: the engine knows it by the service. */
  get resourceLabel(): string {
    if (!this.answer) return "Key policy";
    return this.answer.said.find((said) => said.type === "resource" || said.type === "trust")?.label ?? "";
  }

  /** True if the answer belongs to another text of this section. */
  hasMoved(section: Section): boolean {
    return this.#answered?.sections.find((entry) => entry.name === section.name)?.text !== section.text;
  }

  /** Judges a state after a short pause, so that a burst of key presses is one question. */
  judgeSoon(state: PageState): void {
    this.pending = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.judge(state), PAUSE_MS);
  }

  /** Judges a state at once. Of several questions only the last one's answer is taken. */
  async judge(state: PageState): Promise<void> {
    clearTimeout(this.#timer);
    this.pending = true;
    const asked = ++this.#asked;
    const guarded = guard(state);
    if (guarded.length > 0) return this.#noAnswer(guarded, "");
    try {
      const { problems, answers } = await this.#client.call("evaluate", scenarioText(state));
      if (asked !== this.#asked) return;
      const { name } = activeRequest(state);
      const answer = answers.find((entry) => entry.request === name);
      if (!answer) return this.#noAnswer(problems, "");
      this.#answered = state;
      this.answer = answer;
      this.problems = problems;
      this.mode = answer.mode;
      this.stale = false;
      this.pending = false;
      this.trouble = "";
      this.#changed();
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (asked === this.#asked) this.#noAnswer(this.problems, error.message);
    }
  }

  #noAnswer(problems: readonly Problem[], trouble: string): void {
    this.problems = problems;
    this.trouble = trouble;
    this.stale = this.answer !== undefined;
    this.pending = false;
    this.#changed();
  }
}
