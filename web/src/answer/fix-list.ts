import { html, nothing, type TemplateResult } from "lit";
import type { Facts, Fix } from "../engine/contract";
import { fixView } from "./fix-view";

/** What would let the request in, and which of it is being looked at. */
export interface Fixes {
  all: readonly Fix[];
  /** Why there are none, or "". */
  reason: string;
  opened: Fix | undefined;
  toggle(fix: Fix): void;
  apply(fix: Fix): void;
}

function showButton(fix: Fix, id: string, fixes: Fixes): TemplateResult {
  const open = fix === fixes.opened;
  return html`<button
    type="button"
    class="link add"
    aria-label="Show the change: ${fix.title}"
    aria-expanded=${open}
    aria-controls=${open ? id : nothing}
    @click=${() => fixes.toggle(fix)}
  >
    Show the change
  </button>`;
}

function entry(answer: Facts, fix: Fix, place: number, fixes: Fixes): TemplateResult {
  const id = `fix-${place}`;
  return html`<li class=${fix.weakens ? "weakens" : ""}>
    <p><b>${fix.title}</b></p>
    ${fix.loosens.map((words) => html`<p class="loosens">${words}</p>`)}
    ${[...fix.notes, ...(fix.owner === "" ? [] : [`Made by ${fix.owner}.`])].map((words) => html`<p>${words}</p>`)}
    <p>${showButton(fix, id, fixes)}</p>
    ${fix === fixes.opened ? fixView(answer, fix, id, () => fixes.apply(fix)) : nothing}
  </li>`;
}

/** The changes that would let the request in, the best first, or why there are none. */
export function fixList(answer: Facts, fixes: Fixes): TemplateResult | typeof nothing {
  if (fixes.all.length === 0 && fixes.reason === "") return nothing;
  return html`<section class="card" aria-labelledby="fixes-title">
    <h3 id="fixes-title">What would let it in <span class="rule">Each was tried on all requests.</span></h3>
    ${
      fixes.all.length === 0
        ? html`<p class="no-fix">${fixes.reason}</p>`
        : html`<ol class="fixes">${fixes.all.map((fix, i) => entry(answer, fix, i, fixes))}</ol>`
    }
  </section>`;
}
