// The header of an entity or an account: lines "key: value", as text and as
// fields.

/** A line of a header. `at` is its place among all lines, from 0; a line of another form is all key. */
export interface HeaderLine {
  at: number;
  key: string;
  value: string;
}

/** The lines of a header; empty ones are left out. */
export function headerLines(text: string): HeaderLine[] {
  return text.split("\n").flatMap((line, at) => {
    if (line.trim() === "") return [];
    const [, key = line, value = ""] = /^(.*?):(?: +(.*)|\s*)$/.exec(line) ?? [];
    return [{ at, key: key.trim(), value: value.trimEnd() }];
  });
}

function written(key: string, value: string): string {
  return value === "" ? `${key}:` : `${key}: ${value}`;
}

/** The text with another key and value in one of its lines. */
export function withHeaderLine(text: string, at: number, key: string, value: string): string {
  return text.split("\n").with(at, written(key, value)).join("\n");
}

/** The text with one line more. */
export function addHeaderLine(text: string, key: string, value: string): string {
  return [text.replace(/\n+$/, ""), written(key, value)].filter((part) => part !== "").join("\n");
}

/** The text without one of its lines. */
export function removeHeaderLine(text: string, at: number): string {
  return text.split("\n").toSpliced(at, 1).join("\n");
}

/** The text with these words in the one line of a key: at the place of the first, or at the end. */
export function withHeaderWords(text: string, key: string, words: readonly string[]): string {
  const [first, ...more] = headerLines(text).filter((line) => line.key === key);
  const rest = more.toReversed().reduce((left, { at }) => removeHeaderLine(left, at), text);
  if (words.length === 0) return first ? removeHeaderLine(rest, first.at) : rest;
  return first ? withHeaderLine(rest, first.at, key, words.join(" ")) : addHeaderLine(rest, key, words.join(" "));
}
