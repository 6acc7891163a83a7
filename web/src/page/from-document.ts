// What happens anywhere on the page: keys, pastes and drops.
import { dropped } from "../import/dropped";
import type { ImportBox } from "../import/import-box";
import type { ReadText } from "../import/read-file";
import type { PolicyCard } from "../policy/policy-card";
import type { Controller } from "../state/controller";
import { tell } from "../state/messages";

/** True where a paste goes into a field. */
function takesText(target: EventTarget | undefined): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

/** Opens the import box, once it is there. */
export async function openImport(from: ParentNode, open: (box: ImportBox) => Promise<void>): Promise<void> {
  await customElements.whenDefined("import-box");
  const box = from.querySelector<ImportBox>("import-box");
  if (box) await open(box);
}

/** Undoes and redoes the edits of the page that are newer than what was typed. */
function shortcut(event: KeyboardEvent, from: EventTarget, { history, state, fileText }: Controller): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (fileText !== undefined || !history.isSettled(state)) return;
  const key = event.key.toLowerCase();
  const redo = key === "y" || (key === "z" && event.shiftKey);
  if (redo ? history.redoLabel === "" : key !== "z" || history.undoLabel === "") return;
  event.preventDefault();
  tell(from, { kind: redo ? "redo" : "undo" });
}

/** What is pasted beside every field is something to import. */
function pasted(event: ClipboardEvent, from: ParentNode): void {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (text.trim() === "" || event.composedPath().some(takesText) || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  void openImport(from, (box) => box.openWith(text));
}

/**
 * Files that are dropped anywhere are something to import: a browser would open
 * them in place of the page. One JSON file on a card takes the place of its text.
 */
function drop(event: DragEvent, from: ParentNode): void {
  const on = event.composedPath();
  if (!event.dataTransfer || event.dataTransfer.files.length === 0 || on.some((node) => node instanceof HTMLDialogElement)) return;
  event.preventDefault();
  event.stopPropagation();
  const card = on.find((node): node is PolicyCard => node instanceof HTMLElement && node.localName === "policy-card");
  void takeDrop(from, dropped(event.dataTransfer), event.dataTransfer.files.length === 1 ? card : undefined);
}

async function takeDrop(from: ParentNode, reading: Promise<ReadText>, card: PolicyCard | undefined): Promise<void> {
  const read = await reading;
  if (card && "text" in read && /^\s*[[{]/.test(read.text))
    return void tell(card, { kind: "section-replace", id: card.section.id, text: read.text, file: read.name });
  await openImport(from, (box) => box.openWithFiles(reading));
}

/** Follows what happens anywhere on the page. */
export function followDocument(from: HTMLElement, page: Controller): void {
  // Before the editor sees the key: a page edit newer than the typing is undone first.
  document.addEventListener("keydown", (event) => shortcut(event, from, page), { capture: true });
  document.addEventListener("paste", (event) => pasted(event, from));
  document.addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  // Before the editor sees it, which would put the file into the middle of a policy.
  document.addEventListener("drop", (event) => drop(event, from), { capture: true });
}
