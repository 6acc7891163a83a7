// Undo of typing. The page has its own undo for its own edits (history.ts). So
// that the two never mix, a text that the page sets has a typing history of its
// own: Ctrl+Z takes back what was typed since, then the page's edit. Where the
// page brings an older text back, the history of that text comes with it.
import { history, historyField, redo, redoDepth, undo, undoDepth } from "@codemirror/commands";
import { Compartment, EditorState, type Extension, type StateEffect } from "@codemirror/state";
import { keymap, type Command } from "@codemirror/view";

const EMPTY: unknown = EditorState.create({ extensions: history() }).field(historyField);

/** As many texts keep their history. */
const KEPT = 20;

// Without something of its own to undo the editor leaves the key to the page.
const when =
  (depth: (state: EditorState) => number, run: Command): Command =>
  (view) =>
    depth(view.state) > 0 && run(view);
const [back, again] = [when(undoDepth, undo), when(redoDepth, redo)];

const keys = keymap.of([
  { key: "Mod-z", run: back, shift: again, stopPropagation: true },
  { key: "Mod-y", run: again, stopPropagation: true },
]);

/** The typing history of one editor. */
export class TypingHistory {
  readonly #place = new Compartment();
  readonly #kept = new Map<string, unknown>();

  get extension(): Extension {
    return [this.#place.of(history()), keys];
  }

  /** Puts away the history of the present text. The effect brings that of the next one, once it stands there. */
  swap(state: EditorState, old: string, now: string): StateEffect<unknown> {
    this.#kept.delete(old);
    this.#kept.set(old, state.field(historyField));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
    const next = this.#kept.get(now) ?? EMPTY;
    return this.#place.reconfigure([history(), historyField.init(() => next)]);
  }
}
