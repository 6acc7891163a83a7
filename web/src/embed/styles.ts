// The page's own style sheets, for a shadow root.

/** A style sheet of a text. What asks for the width of the window asks for that of the embed. */
export function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(css.replace(/@media(?=\s*\((?:max-width|width))/g, "@container embed"));
  return made;
}

/** Puts style sheets into the shadow root of an element, each once. */
export function adopt(element: HTMLElement, sheets: readonly CSSStyleSheet[]): void {
  const root = element.shadowRoot;
  if (root) root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, ...sheets])];
}
