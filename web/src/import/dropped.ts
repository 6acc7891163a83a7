import type { Named, ReadText } from "./read-file";

/** The text of a drop. The browser tells of its files and folders only while it is handled. */
export function dropped(transfer: DataTransfer): Promise<ReadText> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const files = named(transfer.files);
  return read(({ readEntries, readFiles }) => (entries.length > 0 ? readEntries(entries) : readFiles(files)));
}

/** The text of files that were chosen. */
export const chosen = (files: FileList): Promise<ReadText> => read(({ readFiles }) => readFiles(named(files)));

const named = (files: FileList): Named[] => [...files].map((file) => ({ name: file.name, file }));

/** What reads files is fetched with the first of them. It can be out of reach, as a file can: moved, or not for this user. */
async function read(by: (reader: typeof import("./read-file")) => Promise<ReadText>): Promise<ReadText> {
  try {
    return await by(await import("./read-file"));
  } catch (error) {
    const why = error instanceof DOMException ? "is it still there, and may you read it?" : "reload the page; what you typed is kept.";
    return { trouble: `This could not be read: ${why}` };
  }
}
