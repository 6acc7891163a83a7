import { html, type TemplateResult } from "lit";

/**
 * A command line that is broken between its words alone: a browser breaks behind
 * every "-" otherwise. A word that is longer than its box is still broken.
 */
export function commandLine(line: string): TemplateResult {
  return html`${line.split(/(\s+)/).map((part) => (part.includes("-") ? html`<span class="word">${part}</span>` : part))}`;
}
