// A text that the page sets (format, fix, undo, load) as small changes of the
// text that stands there, so that the caret and the marks stay at their words.

/** A part of the old text and what replaces it. */
export interface Change {
  from: number;
  to: number;
  insert: string;
}

function afterSpace(text: string, at: number): number {
  while (at < text.length && text.charCodeAt(at) <= 32) at++;
  return at;
}

/** The changes if the texts differ in white space only, as after a format. */
function spaceChanges(old: string, now: string): Change[] | undefined {
  const changes: Change[] = [];
  for (let i = 0, j = 0; ; i++, j++) {
    const [from, start] = [i, j];
    i = afterSpace(old, i);
    j = afterSpace(now, j);
    const insert = now.slice(start, j);
    if (old.slice(from, i) !== insert) changes.push({ from, to: i, insert });
    if (i === old.length || j === now.length) return i === old.length && j === now.length ? changes : undefined;
    if (old[i] !== now[j]) return undefined;
  }
}

function oneChange(old: string, now: string): Change {
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start++;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  return { from: start, to: old.length - end, insert: now.slice(start, now.length - end) };
}

/** The changes that turn the old text into the new one. */
export function changesBetween(old: string, now: string): Change[] {
  return spaceChanges(old, now) ?? [oneChange(old, now)];
}
