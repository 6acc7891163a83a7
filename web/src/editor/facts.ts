// The facts drawn into the text: which statements matched, which one decided,
// which element failed first and why, and where a problem is. Typing moves the
// marks along until the next answer brings new ones.
import {
  type ChangeDesc,
  RangeSet,
  RangeSetBuilder,
  RangeValue,
  StateEffect,
  StateField,
  type EditorState,
  type Range,
  type Text,
} from "@codemirror/state";
import { Decoration, EditorView, WidgetType, type DecorationSet } from "@codemirror/view";
import type { Problem, StatementRow } from "../engine/contract";
import { isError } from "../engine/problem";
import type { Hint } from "../page/problem-list";
import { reasonMarks, rowTone } from "../policy/text-marks";

/** A statement's row, at its place in the text. */
export class RowAt extends RangeValue {
  constructor(readonly row: StatementRow) {
    super();
  }
}

/** A note at a place: a problem or a hint. */
export interface Note {
  from: number;
  to: number;
  look: "error" | "warning" | "hint";
  message: string;
}

interface Drawn {
  rows: RangeSet<RowAt>;
  statements: DecorationSet;
  problems: DecorationSet;
  hints: DecorationSet;
  faded: boolean;
}

const NOTHING: Drawn = {
  rows: RangeSet.empty,
  statements: Decoration.none,
  problems: Decoration.none,
  hints: Decoration.none,
  faded: false,
};

/** Reasons of more statements than this would bury the text. */
const MOST_REASONS = 6;

/** The line below an element that says why it failed. */
export class Reason extends WidgetType {
  constructor(
    readonly row: StatementRow,
    readonly indent: string,
  ) {
    super();
  }

  override eq(other: Reason): boolean {
    return (
      other.row.reason === this.row.reason &&
      other.indent === this.indent &&
      rowTone(other.row) === rowTone(this.row) &&
      other.row.decided === this.row.decided
    );
  }

  override toDOM(): HTMLElement {
    const line = document.createElement("div");
    line.className = `reason ${rowTone(this.row)}${this.row.decided ? " decided" : ""}`;
    const indent = document.createElement("span");
    indent.className = "indent";
    indent.textContent = this.indent;
    const text = document.createElement("span");
    text.textContent = `↳ ${this.row.reason}`;
    line.append(indent, text);
    return line;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

const inside = (doc: Text, at: number) => Math.max(0, Math.min(at, doc.length));

/** The first place that a row's reason is about: what fails, what makes a Deny match, or the Principal that delegates. */
function blamed(doc: Text, row: StatementRow): number {
  const at = reasonMarks(row)[0];
  if (at !== undefined) return at.end;
  const principal = doc.sliceString(inside(doc, row.start), inside(doc, row.end)).search(/"(Not)?Principal"\s*:/);
  return principal < 0 ? row.end : row.start + principal;
}

/** The reason of a statement, below the element that it is about. */
function reason(doc: Text, row: StatementRow): Range<Decoration> {
  const line = doc.lineAt(inside(doc, blamed(doc, row)));
  const first = doc.lineAt(inside(doc, reasonMarks(row)[0]?.start ?? line.from));
  const indent = /^\s*/.exec(first.text)?.[0].slice(0, 24) ?? "";
  return Decoration.widget({ widget: new Reason(row, indent), block: true, side: 1 }).range(line.to);
}

/** Tints a statement: line by line where it has its lines alone, else only its text. */
function statement(doc: Text, row: StatementRow, shared: (line: number) => boolean): Range<Decoration>[] {
  const first = doc.lineAt(inside(doc, row.start));
  const last = doc.lineAt(inside(doc, row.end));
  const look = `hit ${rowTone(row)}${row.decided ? " decided" : ""}`;
  const out: Range<Decoration>[] = [];
  for (let n = first.number; n <= last.number; n++) {
    const line = n === first.number ? first : doc.line(n);
    if (!shared(n)) {
      const edges = `${n === first.number ? " top" : ""}${n === last.number ? " bottom" : ""}`;
      out.push(Decoration.line({ class: look + edges }).range(line.from));
      continue;
    }
    const from = Math.max(line.from, inside(doc, row.start));
    const to = Math.min(line.to, inside(doc, row.end));
    if (to > from) out.push(Decoration.mark({ class: `${look} part` }).range(from, to));
  }
  return out;
}

/** The lines on which a statement ends and another one starts. */
function sharedLines(doc: Text, rows: readonly StatementRow[]): Set<number> {
  const shared = new Set<number>();
  let before = 0;
  for (const row of [...rows].sort((a, b) => a.start - b.start)) {
    const first = doc.lineAt(inside(doc, row.start)).number;
    if (first === before) shared.add(first);
    before = doc.lineAt(inside(doc, row.end)).number;
  }
  return shared;
}

function drawStatements(doc: Text, rows: readonly StatementRow[]): DecorationSet {
  const shared = sharedLines(doc, rows);
  const missing = rows.filter((row) => !row.matched && reasonMarks(row).length > 0);
  const nearest = [...missing].sort((a, b) => a.lacking - b.lacking);
  const of = (tone: string) => rows.filter((row) => rowTone(row) === tone);
  const told = [...of("deny"), ...of("unsure"), ...of("delegate"), ...nearest].slice(0, MOST_REASONS);
  return Decoration.set(
    [
      ...rows.filter((row) => rowTone(row) !== "").flatMap((row) => statement(doc, row, (line) => shared.has(line))),
      ...rows.flatMap((row) => reasonMarks(row).flatMap(({ start, end }) => mark(doc, start, end, row.matched ? "held" : "miss"))),
      ...told.map((row) => reason(doc, row)),
    ],
    true,
  );
}

function mark(doc: Text, start: number, end: number, look: string, message = ""): Range<Decoration>[] {
  // A place behind the last character has nothing to underline; the one before it has.
  const from = Math.min(inside(doc, start), Math.max(0, doc.length - 1));
  const to = inside(doc, Math.max(end, from + 1));
  return to > from ? [Decoration.mark({ class: look, look, message }).range(from, to)] : [];
}

function drawProblems(doc: Text, problems: readonly Problem[]): DecorationSet {
  return Decoration.set(
    problems.flatMap((problem) => mark(doc, problem.start, problem.end, isError(problem) ? "error" : "warning", problem.message)),
    true,
  );
}

function drawHints(doc: Text, hints: readonly Hint[]): DecorationSet {
  return Decoration.set(
    hints.flatMap(({ start, end, message }) => mark(doc, start, end, "hint", message)),
    true,
  );
}

function rowRanges(doc: Text, rows: readonly StatementRow[]): RangeSet<RowAt> {
  const builder = new RangeSetBuilder<RowAt>();
  for (const row of [...rows].sort((a, b) => a.start - b.start)) builder.add(inside(doc, row.start), inside(doc, row.end), new RowAt(row));
  return builder.finish();
}

/** Draws rows that belong to the present text. */
export const setRows = StateEffect.define<readonly StatementRow[]>();
/** Draws problems of the present text. */
export const setProblems = StateEffect.define<readonly Problem[]>();
/** Draws hints of the present text. */
export const setHints = StateEffect.define<readonly Hint[]>();
/** Shows that the facts belong to an older text. */
export const setFaded = StateEffect.define<boolean>();

function moved({ rows, statements, problems, hints, faded }: Drawn, changes: ChangeDesc): Drawn {
  return {
    rows: rows.map(changes),
    statements: statements.map(changes),
    problems: problems.map(changes),
    hints: hints.map(changes),
    faded,
  };
}

/** The drawn facts. */
export const facts = StateField.define<Drawn>({
  create: () => NOTHING,
  update(drawn, { docChanged, changes, effects, newDoc }) {
    let next = docChanged ? moved(drawn, changes) : drawn;
    for (const effect of effects) {
      if (effect.is(setRows)) next = { ...next, rows: rowRanges(newDoc, effect.value), statements: drawStatements(newDoc, effect.value) };
      else if (effect.is(setProblems)) next = { ...next, problems: drawProblems(newDoc, effect.value) };
      else if (effect.is(setHints)) next = { ...next, hints: drawHints(newDoc, effect.value) };
      else if (effect.is(setFaded)) next = { ...next, faded: effect.value };
    }
    return next;
  },
  provide: (field) => [
    EditorView.decorations.from(field, (drawn) => drawn.statements),
    EditorView.decorations.from(field, (drawn) => drawn.problems),
    EditorView.decorations.from(field, (drawn) => drawn.hints),
    EditorView.editorAttributes.from(field, (drawn) => ({ class: drawn.faded ? "faded" : "" })),
  ],
});

/** The row of the statement at a position of the text. */
export function rowAt(state: EditorState, at: number): StatementRow | undefined {
  let found: StatementRow | undefined;
  state.field(facts).rows.between(at, at, (_from, _to, value) => {
    found = value.row;
  });
  return found;
}

/** The problems and hints at a range, in the order of the text. */
export function notesAt(state: EditorState, from: number, to: number): Note[] {
  const { problems, hints } = state.field(facts);
  const notes: Note[] = [];
  for (const set of [problems, hints]) {
    set.between(from, to, (start, end, value) => {
      notes.push({ from: start, to: end, look: value.spec.look, message: value.spec.message });
    });
  }
  return notes.sort((a, b) => a.from - b.from);
}
