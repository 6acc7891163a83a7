import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { OUTCOMES, type Answer, type Outcome } from "../engine/contract";
import { tell } from "../state/messages";
import { expected, type Request } from "../state/page-state";

/** The outcome that a person expects of a request, and whether the answer is that. */
export function expectedOutcome(from: EventTarget, request: Request, index: number, answer: Answer | undefined): TemplateResult {
  const wanted = expected(request);
  const choose = (event: Event) =>
    tell(from, { kind: "request-expect", index, outcome: (event.target as HTMLSelectElement).value as Outcome | "" });
  return html`<span class="expected">
    <select aria-label=${request.name === "" ? "Expected outcome" : `Expected outcome of ${request.name}`} .value=${live(wanted)}
      @change=${choose}>
      <option value="">—</option>
      ${OUTCOMES.map((outcome) => html`<option value=${outcome} ?selected=${outcome === wanted}>${outcome}</option>`)}
    </select>
    ${wanted === "" || !answer ? nothing : met(answer.outcome, wanted)}
  </span>`;
}

function met(outcome: Outcome, wanted: Outcome): TemplateResult {
  if (outcome === "depends" && wanted !== "depends") return html`<span class="unsure">? not known</span>`;
  return outcome === wanted ? html`<span class="met">✓ met</span>` : html`<b class="tag unmet">✕ not met</b>`;
}
