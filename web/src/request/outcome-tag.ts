import { html, type TemplateResult } from "lit";
import type { Outcome } from "../engine/contract";
import { outcomeView } from "../page/outcome-view";

/** The outcome in the words of the IAM guide. */
export function outcomeWord(outcome: Outcome): string {
  return outcome === "allow" ? "allowed" : outcome;
}

/** An outcome in small: shape, word and colour. */
export function outcomeTag(outcome: Outcome): TemplateResult {
  const { glyph, tone } = outcomeView(outcome);
  return html`<b class="outcome-tag ${tone}"><span aria-hidden="true">${glyph} </span>${outcomeWord(outcome)}</b>`;
}
