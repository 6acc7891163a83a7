import { LIMITS, mebibytes } from "../scenario/section-lists";
import { humanSize } from "../state/guards";

/** How many files are read at once, of a folder too. */
const MAX_FILES = 500;

/** Folders of tools, which hold nothing that a person wrote. */
const TOOLS = /^(\.git|\.terraform|node_modules|cdk\.out\.cache)$/;

/** A text, what to call it, or why it is not read. */
export type ReadText = { text: string; name: string } | { trouble: string };

/** A file, and what to call it. */
export interface Named {
  name: string;
  file: File;
}

/** The text of what was dropped, files and folders. */
export async function readEntries(entries: readonly FileSystemEntry[]): Promise<ReadText> {
  const files: Named[] = [];
  for (const entry of entries) await collect(entry, files);
  return readFiles(files);
}

async function collect(entry: FileSystemEntry, files: Named[]): Promise<void> {
  if (files.length > MAX_FILES) return;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    files.push({ name: entry.fullPath.replace(/^\//, ""), file });
    return;
  }
  if (TOOLS.test(entry.name)) return;
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives some at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const inner of some.sort((a, b) => (a.name < b.name ? -1 : 1))) await collect(inner, files);
  }
}

/** The text of a file; of several, each behind a mark, as head and tail print them. */
export async function readFiles(files: readonly Named[]): Promise<ReadText> {
  const [first] = files;
  if (!first) return { trouble: "There is no file in this." };
  if (files.length > MAX_FILES) return { trouble: `These are more than ${MAX_FILES} files. Drop fewer.` };
  const size = files.reduce((sum, { file }) => sum + file.size, 0);
  const name = files.length === 1 ? first.name : `${files.length} files`;
  if (size > LIMITS.import) return { trouble: `${name}: ${humanSize(size)}; at most ${mebibytes(LIMITS.import)} is read.` };
  const texts = await Promise.all(files.map(({ file }) => file.text()));
  if (files.length === 1) return { text: texts[0] ?? "", name };
  return { text: files.map((file, i) => `==> ${file.name} <==\n${(texts[i] ?? "").trimEnd()}\n`).join("\n"), name };
}
