import type { PageState } from "./page-state";

interface Step {
  label: string;
  state: PageState;
}

const LIMIT = 200;

/** Who pauses for so long begins another edit. */
const PAUSE_MS = 1500;

/**
 * Undo for edits that the page makes: a loaded scenario, the account switch, a
 * removed card. Typing is undone by the browser. Undoing puts the present state
 * on the other list, so nothing typed is ever lost.
 */
export class History {
  #past: Step[] = [];
  #future: Step[] = [];
  /** The state right after the last edit of the page. */
  #settled: PageState | undefined;
  #time = 0;

  /** Remembers the state before an edit. One that goes on with the last one of its label is a part of it. */
  record(label: string, before: PageState, after: PageState, goesOn = false): void {
    const time = Date.now();
    const same = goesOn && this.#settled === before && this.undoLabel === label && time - this.#time < PAUSE_MS;
    this.#time = time;
    if (same) {
      this.#settled = after;
      return;
    }
    this.#past = [...this.#past.slice(-LIMIT + 1), { label, state: before }];
    this.#future = [];
    this.#settled = after;
  }

  /** Steps back. Returns the state to show, or undefined if there is none. */
  undo(now: PageState): PageState | undefined {
    return this.#move(this.#past, this.#future, now);
  }

  /** Steps forward again. */
  redo(now: PageState): PageState | undefined {
    return this.#move(this.#future, this.#past, now);
  }

  /** Forgets every step. */
  clear(): void {
    this.#past = [];
    this.#future = [];
    this.#settled = undefined;
  }

  /** What the undo button would take back, or "". */
  get undoLabel(): string {
    return this.#past.at(-1)?.label ?? "";
  }

  /** What the redo button would do again, or "". */
  get redoLabel(): string {
    return this.#future.at(-1)?.label ?? "";
  }

  /** True if nothing was typed since the last edit of the page: then Ctrl+Z is for the page. */
  isSettled(now: PageState): boolean {
    return this.#settled === now || (this.#settled !== undefined && sameText(this.#settled, now));
  }

  #move(from: Step[], to: Step[], now: PageState): PageState | undefined {
    const step = from.pop();
    if (!step) return undefined;
    to.push({ label: step.label, state: now });
    this.#settled = step.state;
    return step.state;
  }
}

function sameText(a: PageState, b: PageState): boolean {
  const flat = (state: PageState) => JSON.stringify([state.title, state.notes, state.requests, state.sections]);
  return flat(a) === flat(b);
}
