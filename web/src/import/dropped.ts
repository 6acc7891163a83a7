import type { ReadText } from "./read-file";

/** What reads files is fetched with the first of them. */
export const reading = () => import("./read-file");

/** The text of a drop. The browser tells of its files and folders only while it is handled. */
export async function dropped(transfer: DataTransfer): Promise<ReadText> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const files = [...transfer.files].map((file) => ({ name: file.name, file }));
  const { readEntries, readFiles } = await reading();
  return entries.length > 0 ? readEntries(entries) : readFiles(files);
}
