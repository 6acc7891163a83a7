// The bar left of the text: for each statement what it did, as a shape with a
// word behind it. A click on it, or a key, asks for the statement in the answer.
import { RangeSet, StateField, type Extension, type Range, type Text } from "@codemirror/state";
import { gutter, gutterLineClass, GutterMarker, gutterWidgetClass, type Command, type EditorView } from "@codemirror/view";
import type { StatementRow } from "../engine/contract";
import { rowTone } from "../policy/text-marks";
import { Reason, rowAt, setRows } from "./facts";

const GLYPHS: Record<string, { glyph: string; word: string }> = {
  allow: { glyph: "✓", word: "allows" },
  delegate: { glyph: "↦", word: "delegates to the account" },
  deny: { glyph: "✕", word: "denies" },
  unsure: { glyph: "?", word: "matches or not: that is not known" },
  "": { glyph: "–", word: "does not match" },
};

/** Tints all gutters beside a line of a statement that matched, or that may. */
class Tint extends GutterMarker {
  override readonly elementClass: string;

  constructor(row: StatementRow, edges: string) {
    super();
    this.elementClass = `bar ${rowTone(row)}${row.decided ? " decided" : ""}${edges}`;
  }

  override eq(other: Tint): boolean {
    return other.elementClass === this.elementClass;
  }
}

/** The bar's piece beside one line; the first one has the statement's shape. */
class Bar extends GutterMarker {
  constructor(
    readonly row: StatementRow,
    readonly first: boolean,
    readonly last: boolean,
  ) {
    super();
  }

  override eq(other: Bar): boolean {
    return other.row === this.row && other.first === this.first && other.last === this.last;
  }

  override toDOM(): Node {
    const dom = document.createElement("span");
    if (!this.first) return dom;
    const { glyph, word } = GLYPHS[rowTone(this.row)] ?? { glyph: "", word: "" };
    dom.textContent = glyph;
    dom.title = `Statement ${word}${this.row.decided ? " and decides" : ""}: show it in the answer`;
    return dom;
  }
}

const weight = (row: StatementRow) => (row.decided ? 2 : rowTone(row) === "" ? 0 : 1);

/** The row that each line shows: of several on one line the one that says most. */
function owners(doc: Text, rows: readonly StatementRow[]): Map<number, StatementRow> {
  const owner = new Map<number, StatementRow>();
  for (const row of [...rows].sort((a, b) => a.start - b.start)) {
    const last = doc.lineAt(Math.min(row.end, doc.length)).number;
    for (let n = doc.lineAt(Math.min(row.start, doc.length)).number; n <= last; n++) {
      const other = owner.get(n);
      if (!other || weight(row) > weight(other)) owner.set(n, row);
    }
  }
  return owner;
}

function bars(doc: Text, rows: readonly StatementRow[]): RangeSet<Bar> {
  const owner = owners(doc, rows);
  const bar = (row: StatementRow, n: number) => new Bar(row, owner.get(n - 1) !== row, owner.get(n + 1) !== row);
  return RangeSet.of(
    [...owner].map(([n, row]) => bar(row, n).range(doc.line(n).from)),
    true,
  );
}

const field = StateField.define<RangeSet<Bar>>({
  create: () => RangeSet.empty,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setRows)) return bars(transaction.newDoc, effect.value);
    return transaction.docChanged ? value.map(transaction.changes) : value;
  },
});

const tints = gutterLineClass.compute([field], (state) => {
  const out: Range<Tint>[] = [];
  for (const cursor = state.field(field).iter(); cursor.value; cursor.next()) {
    const { row, first, last } = cursor.value;
    if (rowTone(row) !== "") out.push(new Tint(row, `${first ? " top" : ""}${last ? " bottom" : ""}`).range(cursor.from));
  }
  return RangeSet.of(out);
});

/** The gutters go on beside the reason of a statement that delegates. */
const besideReason = gutterWidgetClass.of((_view, widget) =>
  widget instanceof Reason && rowTone(widget.row) !== "" ? new Tint(widget.row, "") : null,
);

/** The bar. `show` gets the row that a person asks for. */
export function statementBar(show: (row: StatementRow) => void): Extension {
  return [
    field,
    tints,
    besideReason,
    gutter({
      class: "bars",
      markers: (view) => view.state.field(field),
      domEventHandlers: {
        click(view, line) {
          let row: StatementRow | undefined;
          view.state.field(field).between(line.from, line.from, (_from, _to, bar) => {
            row ??= bar.row;
          });
          if (row) show(row);
          return row !== undefined;
        },
      },
    }),
  ];
}

/** A command that asks for the statement around the caret. */
export function showStatement(show: (row: StatementRow) => void): Command {
  return ({ state }: EditorView) => {
    const row = rowAt(state, state.selection.main.head);
    if (row) show(row);
    return true;
  };
}
