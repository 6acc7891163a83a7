// The facts that are drawn behind the text of a policy: which statements
// matched, which one decided, which element failed first, and where a problem is.
import type { Problem, StatementRow } from "../engine/contract";

/** A piece of a line with the class names that draw it. */
export interface Piece {
  text: string;
  marks: string;
}

/** A line of the text. `marks` holds for the whole line. */
export interface MarkedLine {
  marks: string;
  pieces: Piece[];
}

interface Span {
  start: number;
  end: number;
  marks: string;
}

// Above so many characters or lines the facts are not drawn behind a text, so that
// typing stays quick. No policy that AWS accepts is longer; a list of grants may be.
const MOST = 50_000;
const MOST_LINES = 2_000;

/** Whether the facts are drawn behind a text. */
export function isMarked(text: string): boolean {
  return text.length <= MOST && !hasMoreLines(text, MOST_LINES);
}

/** Whether a text has more lines than that. */
export function hasMoreLines(text: string, most: number): boolean {
  let lines = 1;
  for (let at = text.indexOf("\n"); at >= 0 && lines <= most; at = text.indexOf("\n", at + 1)) lines++;
  return lines > most;
}

/** The name of the colour of a statement that matched, or that may match; "" for one that did not. */
export function rowTone(row: StatementRow): "allow" | "delegate" | "deny" | "unsure" | "" {
  if (row.open) return "unsure";
  if (!row.matched) return "";
  return row.effect === "Deny" ? "deny" : row.names === "account" ? "delegate" : "allow";
}

/** The places in a text that a row's reason is about. */
export function reasonMarks(row: StatementRow): { start: number; end: number }[] {
  if (row.marks.length > 0) return row.marks;
  return !row.matched && row.missEnd > row.missStart ? [{ start: row.missStart, end: row.missEnd }] : [];
}

function statementMarks(row: StatementRow): string {
  return row.matched || row.open ? `hit ${rowTone(row)}${row.decided ? " decided" : ""}` : "";
}

function cut(text: string, start: number, spans: readonly Span[]): Piece[] {
  const end = start + text.length;
  const inside = spans.filter((span) => span.start < end && span.end > start);
  if (inside.length === 0) return text === "" ? [] : [{ text, marks: "" }];
  const edges = new Set([start, end]);
  for (const span of inside) edges.add(Math.max(start, span.start)).add(Math.min(end, span.end));
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(1).map((to, i) => {
    const from = sorted[i] ?? start;
    const covering = inside.filter((span) => span.start <= from && span.end >= to);
    return { text: text.slice(from - start, to - start), marks: covering.map((span) => span.marks).join(" ") };
  });
}

/**
 * Gives the spans that touch a line, for lines asked for from top to bottom. A
 * long policy has thousands of lines and hundreds of spans, so it looks at each
 * span only while the lines pass it.
 */
function sweep(spans: Span[]): (start: number, end: number) => Span[] {
  const waiting = spans.sort((a, b) => b.start - a.start);
  let passing: Span[] = [];
  return (start, end) => {
    for (let next = waiting.at(-1); next && next.start < end; next = waiting.at(-1)) {
      passing.push(next);
      waiting.pop();
    }
    if (passing.some((span) => span.end <= start)) passing = passing.filter((span) => span.end > start);
    return passing;
  };
}

/** Splits a text into lines with their marks. */
export function markedLines(text: string, rows: readonly StatementRow[], problems: readonly Problem[]): MarkedLine[] {
  const statements = sweep(rows.map((row) => ({ start: row.start, end: row.end, marks: statementMarks(row) })));
  const details = sweep([
    ...rows.flatMap((row) => reasonMarks(row).map(({ start, end }) => ({ start, end, marks: row.matched ? "held" : "miss" }))),
    ...problems.map((problem) => ({ start: problem.start, end: Math.max(problem.end, problem.start + 1), marks: "wrong" })),
  ]);
  let offset = 0;
  return text.split("\n").map((line) => {
    const start = offset;
    const end = start + line.length;
    offset = end + 1;
    const here = statements(start, end);
    // A line that belongs to one statement is tinted as a whole, which reads
    // calmer. A line shared by several is tinted piece by piece.
    const whole = here.length === 1 ? (here[0]?.marks ?? "") : "";
    const spans = [...(here.length > 1 ? here.filter((span) => span.marks !== "") : []), ...details(start, end)];
    return { marks: whole, pieces: cut(line, start, spans) };
  });
}
