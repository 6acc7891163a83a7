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

const THEME = "why403.theme";

/** Light, dark, or as the system has it. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The theme that the reader chose. */
export function theme(): Theme {
  try {
    const kept = localStorage.getItem(THEME);
    return THEMES.find((each) => each === kept) ?? "system";
  } catch {
    return "system";
  }
}

/** Shows a theme, and remembers it where the browser allows it. */
export function setTheme(chosen: Theme): void {
  showTheme(chosen);
  try {
    if (chosen === "system") localStorage.removeItem(THEME);
    else localStorage.setItem(THEME, chosen);
  } catch {
    // The choice then holds until the page is closed.
  }
}

/** Shows a theme. */
export function showTheme(chosen: Theme): void {
  document.documentElement.dataset.theme = chosen;
}
