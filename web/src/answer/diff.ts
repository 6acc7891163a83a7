// What an edit changes in a text, line by line.

/** One line of a difference. `from` to `to` is what differs from the line that it replaces; both are 0 where no line is replaced. */
export interface DiffLine {
  /** A "gap" stands for unchanged lines that are left out. */
  kind: "same" | "removed" | "added" | "gap";
  text: string;
  from: number;
  to: number;
}

/** The changed lines of a text with some lines around them. */
export interface Diff {
  /** The number of the first line shown, counted from 1. */
  first: number;
  lines: DiffLine[];
}

/** How many unchanged lines stand before and after changed ones. */
const AROUND = 2;

/** Comparing each line with each takes their product. Beyond this the lines are taken as replaced. */
const MOST = 1_000_000;

/** The length of the common start and of the common end, which do not overlap. */
function common<T>(a: ArrayLike<T>, b: ArrayLike<T>): [number, number] {
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [start, end];
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n");
}

// A mark must not cut a character in two.
function whole(text: string, from: number, to: number): Pick<DiffLine, "from" | "to"> {
  const low = (at: number) => /[\udc00-\udfff]/.test(text.charAt(at));
  return { from: low(from) ? from - 1 : from, to: low(to) ? to + 1 : to };
}

/** A line, with a mark on what the line beside it has not. */
function line(kind: DiffLine["kind"], text: string, beside?: string): DiffLine {
  if (beside === undefined) return { kind, text, from: 0, to: 0 };
  const [start, end] = common(text, beside);
  return { kind, text, ...whole(text, start, text.length - end) };
}

/** Lines that replace others. They are compared one by one if they are as many. */
function replaced(removed: readonly string[], added: readonly string[]): DiffLine[] {
  const paired = removed.length === added.length;
  return [
    ...removed.map((text, i) => line("removed", text, paired ? added[i] : undefined)),
    ...added.map((text, i) => line("added", text, paired ? removed[i] : undefined)),
  ];
}

/** The places of the longest lines that both have in the same order. */
function matches(a: readonly string[], b: readonly string[]): [number, number][] {
  const width = b.length + 1;
  if (a.length * width > MOST) return [];
  // The cell of two places is how many lines match from there on.
  const cells = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => cells[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--)
      cells[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const found: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) found.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return found;
}

function compared(a: readonly string[], b: readonly string[]): DiffLine[] {
  const out: DiffLine[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...matches(a, b), [a.length, b.length] as const]) {
    out.push(...replaced(a.slice(i, x), b.slice(j, y)));
    if (x < a.length) out.push(line("same", a[x] ?? ""));
    [i, j] = [x + 1, y + 1];
  }
  return out;
}

/** Leaves out what is far from every change. A run of such lines becomes one gap. */
function folded(lines: readonly DiffLine[]): Diff {
  const near = new Set<number>();
  lines.forEach(({ kind }, i) => {
    if (kind !== "same") for (let k = i - AROUND; k <= i + AROUND; k++) near.add(k);
  });
  const first = lines.findIndex((_, i) => near.has(i));
  const last = lines.findLastIndex((_, i) => near.has(i));
  const out: DiffLine[] = [];
  for (const [i, entry] of lines.slice(first, last + 1).entries()) {
    if (near.has(first + i)) out.push(entry);
    else if (out.at(-1)?.kind !== "gap") out.push(line("gap", ""));
  }
  return { first: first + 1, lines: first < 0 ? [] : out };
}

/** The difference of two texts. */
export function diff(old: string, now: string): Diff {
  const [a, b] = [linesOf(old), linesOf(now)];
  const [start, end] = common(a, b);
  const same = (text: string) => line("same", text);
  return folded([
    ...a.slice(0, start).map(same),
    ...compared(a.slice(start, a.length - end), b.slice(start, b.length - end)),
    ...a.slice(a.length - end).map(same),
  ]);
}
