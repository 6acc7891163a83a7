import { html, nothing, type TemplateResult } from "lit";
import type { Facts, Lane, Said } from "../engine/contract";
import { fold } from "./fold";
import { outcomeView, wordView } from "../page/outcome-view";

function node(said: Said, place: string): TemplateResult {
  const view = wordView(said.said);
  // Only the silence that decides has the colour of the verdict.
  const tone = said.said === "silent" && said.decided ? "silent" : view.tone;
  return html`<li class="${tone} ${said.decided ? "decided" : ""} ${place}">
    <span class="shape" aria-hidden="true"><span>${view.glyph}</span></span>
    <span class="name"
      ><b aria-hidden="true">${said.short}</b><span class="hidden">${said.label}: </span><span class="word">${said.said}</span>
      ${said.decided ? html`<span class="tag">decides</span>` : nothing}</span
    >
  </li>`;
}

const STATES: Record<Lane["state"], { glyph: string; tone: string }> = {
  denies: { glyph: "✕", tone: "deny" },
  "way open": { glyph: "✓", tone: "allow" },
  "not known": { glyph: "?", tone: "unsure" },
  "no way open": { glyph: "○", tone: "silent" },
  "": { glyph: "", tone: "" },
};

function head({ side, label, state }: Lane): TemplateResult {
  const { glyph, tone } = STATES[state];
  return html`<h4 id="lane-${side}">${label} ${state === "" ? nothing : html`<b class=${tone}>${glyph} ${state}</b>`}</h4>`;
}

function laneView(lane: Lane, end: TemplateResult | typeof nothing): TemplateResult {
  const { side, at, on, steps } = lane;
  const place = (i: number) => (i < at ? "" : i === at ? "break" : "past");
  return html`<div class="lane ${lane.end} ${on ? "on" : ""}">
    ${side === "" ? nothing : head(lane)}
    <div class="track">
      <ol class="path" aria-labelledby=${side === "" ? "said-title" : `lane-${side}`}>
        ${steps.map((said, i) => node(said, place(i)))}
      </ol>
      ${end}
    </div>
  </div>`;
}

/** What each policy type said, as a path in the order in which AWS looks at them. */
export function saidPath(answer: Facts, open: boolean): TemplateResult {
  const told = answer.said.filter((said) => said.said !== "absent" && said.said !== "not applicable" && said.detail !== "");
  const { lanes } = answer;
  const view = outcomeView(answer.outcome);
  const end = html`<p class="end ${view.tone}"><span class="badge" aria-hidden="true">${view.glyph}</span><b>${view.word}</b></p>`;
  const title = html`What each policy said ${lanes.length > 1 ? html`<span class="rule">Both sides must allow.</span>` : nothing}`;
  return fold(
    "said-title",
    title,
    open,
    html`<div class="said">
      <div class="lanes ${lanes.length > 1 ? "joined" : ""}">
        ${lanes.map((lane, i) => laneView(lane, i === lanes.length - 1 ? end : nothing))}
      </div>
    </div>
    ${
      told.length === 0
        ? nothing
        : html`<dl class="details">
          ${told.map((said) => html`<div><dt>${said.label}</dt><dd>${said.detail}</dd></div>`)}
        </dl>`
    }`,
  );
}
