// The choices of a reader that this browser remembers.
const PLAIN = "why403.plain";

/** True if the reader wants plain text boxes in place of the editor. */
export function plainEditor(): boolean {
  try {
    return localStorage.getItem(PLAIN) === "yes";
  } catch {
    return false;
  }
}

/** Remembers the choice, where the browser allows it. */
export function setPlainEditor(plain: boolean): void {
  try {
    if (plain) localStorage.setItem(PLAIN, "yes");
    else localStorage.removeItem(PLAIN);
  } catch {
    // The choice then holds until the page is closed.
  }
}
