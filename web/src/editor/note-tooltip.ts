// What a problem or a hint says: on hover, and with F8 from one to the next.
import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip, type Command, type Tooltip } from "@codemirror/view";
import { notesAt, type Note } from "./facts";

const WORDS = { error: "Problem", warning: "Warning", hint: "Hint" };

function tooltip(notes: readonly Note[]): Tooltip | null {
  const [first] = notes;
  if (!first) return null;
  return {
    pos: first.from,
    end: Math.max(...notes.map((note) => note.to)),
    create() {
      const dom = document.createElement("div");
      for (const note of notes) {
        const line = dom.appendChild(document.createElement("p"));
        line.className = `note ${note.look}`;
        line.append(Object.assign(document.createElement("b"), { textContent: WORDS[note.look] }), ` ${note.message}`);
      }
      return { dom };
    },
  };
}

const open = StateEffect.define<readonly Note[]>();

const opened = StateField.define<Tooltip | null>({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(open)) return tooltip(effect.value);
    return transaction.docChanged || transaction.selection ? null : value;
  },
  provide: (field) => showTooltip.from(field),
});

/** Selects the next problem or hint and says what it is. */
const next: Command = (view) => {
  const { state } = view;
  const all = notesAt(state, 0, state.doc.length);
  const { main } = state.selection;
  const place = all.find(({ from, to }) => from > main.from || (from === main.from && to > main.to)) ?? all[0];
  if (!place) return false;
  const here = notesAt(state, place.from, place.to);
  const effects = [open.of(here), EditorView.announce.of(here.map((note) => note.message).join(" "))];
  view.dispatch({ selection: { anchor: place.from, head: place.to }, effects, scrollIntoView: true });
  return true;
};

const close: Command = (view) => {
  if (!view.state.field(opened)) return false;
  view.dispatch({ effects: open.of([]) });
  return true;
};

/** The tooltips and their keys. */
export const noteTooltips: Extension = [
  opened,
  hoverTooltip((view, pos) => tooltip(notesAt(view.state, pos, pos))),
  keymap.of([
    { key: "F8", run: next },
    { key: "Escape", run: close },
  ]),
];
