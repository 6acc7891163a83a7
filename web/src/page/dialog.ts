/** A click handler for a dialog: a click beside the box closes it. Only the backdrop is the dialog itself. */
export function closeOutside(event: Event): void {
  if (event.target === event.currentTarget) (event.currentTarget as HTMLDialogElement).close();
}
