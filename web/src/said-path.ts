import { html, nothing, type TemplateResult } from "lit";
import type { Answer } from "./contract";
import { wordView } from "./outcome-view";

// On the path there is little room. The full names stand below it.
const SHORT: Record<string, string> = {
  rcp: "RCP",
  scp: "SCP",
  endpoint: "Endpoint",
  identity: "Identity",
  boundary: "Boundary",
  session: "Session",
};

/** What each policy type said, as a path in the order in which AWS looks at them. */
export function saidPath(answer: Answer): TemplateResult {
  const told = answer.said.filter((said) => said.said !== "absent" && said.said !== "not applicable" && said.detail !== "");
  return html`<section class="card" aria-labelledby="said-title">
    <h3 id="said-title">What each policy said</h3>
    <ol class="path">
      ${answer.said.map((said) => {
        const view = wordView(said.said);
        return html`<li class="${view.tone} ${said.decided ? "decided" : ""}">
          <span class="shape" aria-hidden="true"><span>${view.glyph}</span></span>
          <b aria-hidden="true">${SHORT[said.type] ?? said.label}</b><span class="hidden">${said.label}: </span><span class="word">${said.said}</span>
          ${said.decided ? html`<span class="tag">decides</span>` : nothing}
        </li>`;
      })}
    </ol>
    ${told.length === 0
      ? nothing
      : html`<dl class="details">
          ${told.map((said) => html`<div><dt>${said.label}</dt><dd>${said.detail}</dd></div>`)}
        </dl>`}
  </section>`;
}
