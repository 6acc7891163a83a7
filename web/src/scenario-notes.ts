import { html, nothing, type TemplateResult } from "lit";
import type { PageState } from "./page-state";

const LINK = /(https:\/\/[^\s<>"]+)/;

/** The title of the scenario, with its notes folded under it. */
export function scenarioNotes(state: PageState): TemplateResult {
  const title = html`<b>${state.title || "Untitled"}</b>${state.edited ? html` <span class="soft">(edited)</span>` : nothing}`;
  if (state.notes.trim() === "") return html`<p class="notes">${title}</p>`;
  // Splitting at a group puts every second part inside a link.
  const words = (paragraph: string) =>
    paragraph.split(LINK).map((part, i) => (i % 2 === 1 ? html`<a href=${part} rel="noreferrer">${part}</a>` : part));
  return html`<details class="notes">
    <summary>${title}</summary>
    ${state.notes.trim().split(/\n\s*\n/).map((paragraph) => html`<p>${words(paragraph)}</p>`)}
  </details>`;
}
