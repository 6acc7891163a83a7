import { html, nothing, type TemplateResult } from "lit";
import type { Fix } from "../contract";
import { diff, type DiffLine } from "./diff";

const SIGNS = { same: " ", removed: "−", added: "+", gap: "⋯" };

function marked({ text, from, to }: DiffLine): TemplateResult | string {
  if (to <= from) return text;
  return html`${text.slice(0, from)}<mark>${text.slice(from, to)}</mark>${text.slice(to)}`;
}

// A `pre` keeps every space of its template, so these lines have none to spare.
function line(entry: DiffLine): TemplateResult {
  const content = html`<span class="sign">${SIGNS[entry.kind]}</span>${marked(entry)}${"\n"}`;
  if (entry.kind === "added") return html`<ins>${content}</ins>`;
  return entry.kind === "removed" ? html`<del>${content}</del>` : html`<span>${content}</span>`;
}

/** What a fix changes in its section, and the button that does it. */
export function fixView(fix: Fix, old: string, section: string, id: string, apply: () => void): TemplateResult {
  const { first, lines } = diff(old, fix.text);
  return html`<div class="fix" id=${id}>
    <figure>
      <figcaption><b>${fix.title}</b><span>${section}, ${old.trim() === "" ? "new" : `from line ${first}`}</span></figcaption>
      <pre class="diff" tabindex="0" role="region" aria-label="What changes in ${section}">${lines.map(line)}</pre>
    </figure>
    ${fix.effect === "" ? nothing : html`<p>${fix.effect}</p>`}
    <button type="button" class="apply" aria-label="Apply: ${fix.title}" @click=${apply}>Apply</button>
  </div>`;
}
