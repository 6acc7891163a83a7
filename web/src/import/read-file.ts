import { humanSize, MAX_BYTES } from "../guards";

/** The text of a file, or why it is not read. */
export async function readFile(file: File): Promise<{ text: string } | { trouble: string }> {
  if (file.size > MAX_BYTES) return { trouble: `${file.name} is ${humanSize(file.size)}; at most 1 MiB is read.` };
  return { text: await file.text() };
}

/** Why a pasted text is too long to be read, or "". */
export function tooLong(text: string): string {
  const size = text.length * 3 <= MAX_BYTES ? 0 : new Blob([text]).size;
  return size > MAX_BYTES ? `This is ${humanSize(size)}; at most 1 MiB is read. Paste the one event or policy that matters.` : "";
}
