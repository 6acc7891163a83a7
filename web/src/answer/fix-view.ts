import { html, nothing, type TemplateResult } from "lit";
import type { Facts, Fix } from "../engine/contract";
import { outcomeTag } from "../request/outcome-tag";
import { diff, type DiffLine } from "./diff";
import { sectionTitle } from "./section-title";
import { FIRST_REQUEST } from "../state/page-state";
import "./why403-copy";

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

function edit(answer: Facts, { section, old, text }: Fix["edits"][number]): TemplateResult {
  const { first, lines } = diff(old, text);
  // A request is no policy, and has no card of that name.
  const name = /^request(\/|$)/.test(section) ? section : sectionTitle(answer, section);
  return html`<figure>
    <figcaption><b>${name}</b><span>${old.trim() === "" ? "new" : `from line ${first}`}</span></figcaption>
    <pre class="diff" tabindex="0" role="region" aria-label="What changes in ${name}">${lines.map(line)}</pre>
  </figure>`;
}

/** What becomes of the other requests, where that is something else than before. */
function results(fix: Fix): TemplateResult | typeof nothing {
  const changed = fix.results.filter(({ request, before, after }) => request !== fix.request && before !== after);
  if (changed.length === 0) return nothing;
  return html`<p>${changed.map(
    ({ request, before, after }) => html`${request || FIRST_REQUEST}: ${outcomeTag(before)} → ${outcomeTag(after)} `,
  )}</p>`;
}

/** What a fix changes, the button that does it, and the forms that it is copied in. */
export function fixView(answer: Facts, fix: Fix, id: string, apply: () => void): TemplateResult {
  return html`<div class="fix" id=${id}>
    ${fix.edits.map((entry) => edit(answer, entry))} ${results(fix)}
    <button type="button" class="apply" aria-label="Apply: ${fix.title}" @click=${apply}>Apply</button>
    <div class="copies">
      ${fix.exports.map(({ label, text }) => html`<why403-copy label="Copy as ${label}" .text=${() => text}></why403-copy>`)}
      ${fix.letter === "" ? nothing : html`<why403-copy label="Copy a message to the owner" .text=${() => fix.letter}></why403-copy>`}
    </div>
  </div>`;
}
