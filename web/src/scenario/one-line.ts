/** A longer line is hard to read, in UTF-16 units. */
const LONG = 100;

/** A longer text stays as it is: laid out it would have too many lines to be edited. */
const MOST = 100_000;

/** True for JSON in one long line. */
export function isOneLongLine(text: string): boolean {
  const line = text.trim();
  return line.length > LONG && line.length <= MOST && /^[[{]/.test(line) && !line.includes("\n");
}
