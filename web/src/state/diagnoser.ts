// Asks for the diagnosis of a scenario that has AWS's message, or of which not all
// is known, once its answer stands still.
import type { Answer, Diagnosis } from "../engine/contract";
import { EngineError, type EngineClient } from "../engine/engine-client";
import type { CommandAnswers } from "./drafts";
import type { PageState } from "./page-state";
import { isPresent, scenarioText } from "../scenario/scenario-text";
import { kindOf } from "../scenario/sections";
import { callTold } from "./told";

/** How long a scenario must stand still before it is diagnosed. */
const PAUSE_MS = 300;

export class Diagnoser {
  /** The diagnosis of the shown request; undefined without one. Where AWS said nothing it tells only what to fetch. */
  result: Diagnosis | undefined;
  /** True while there is something to diagnose, and no diagnosis of it yet. */
  busy = false;
  /** True where there is a message of AWS. */
  said = false;
  /** Why there is none, or "". */
  trouble = "";

  readonly #client: () => EngineClient;
  readonly #changed: () => void;
  /** Called once for an answer "there is none", with what there is none of by it. */
  readonly #noneOf: (names: readonly string[]) => void;
  /** What was said of commands in place of what they print. */
  answers: CommandAnswers = {};
  #told = false;
  #asked = "";
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: () => EngineClient, changed: () => void, noneOf: (names: readonly string[]) => void) {
    this.#client = client;
    this.#changed = changed;
    this.#noneOf = noneOf;
  }

  /** Takes what a person says of a command; "" takes it back. */
  say(id: string, text: string, answer: "none" | "denied" | ""): void {
    const { [id]: _, ...others } = this.answers;
    this.answers = answer === "" ? others : { ...others, [id]: { answer, text } };
    this.#told = answer === "none";
  }

  /** What was said of commands belongs to one case. */
  begin(answers: CommandAnswers = {}): void {
    this.answers = answers;
    this.#told = false;
  }

  /** Looks at a scenario and the answer to its shown request. */
  look(state: PageState, answer: Answer | undefined): void {
    this.said = state.sections.some((section) => kindOf(section).type === "error" && isPresent(section));
    const open = this.said || answer?.layers.some((layer) => layer.state === "not known");
    const text = open && answer ? this.#question(state, answer.request) : "";
    if (text === this.#asked) return;
    this.#asked = text;
    clearTimeout(this.#timer);
    this.busy = text !== "";
    if (!this.busy) this.result = undefined;
    else this.#timer = setTimeout(() => void this.#ask(text), PAUSE_MS);
    this.#changed();
  }

  #question(state: PageState, request: string): string {
    const ids = (kind: "none" | "denied") =>
      Object.entries(this.answers)
        .filter(([, { answer }]) => answer === kind)
        .map(([id]) => id)
        .join(" ");
    return JSON.stringify({ scenario: scenarioText(state), request, none: ids("none"), denied: ids("denied") });
  }

  async #ask(text: string): Promise<void> {
    try {
      const { result } = await callTold(this.#client(), "diagnose", text);
      if (text !== this.#asked) return;
      this.#take(result, "");
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (text === this.#asked) this.#take(undefined, error.message);
    }
  }

  #take(result: Diagnosis | undefined, trouble: string): void {
    this.result = result;
    this.trouble = trouble;
    this.busy = false;
    this.#changed();
    if (!this.#told || !result) return;
    this.#told = false;
    this.#noneOf(result.policies.none);
  }
}
