import { html, nothing, type TemplateResult } from "lit";
import type { Facts, Way } from "../engine/contract";

const SIDES: Record<Way["side"], string> = {
  "same-account": "",
  caller: "In the caller's account",
  resource: "In the resource's account",
};

/** How a way looks: its class, its shape and its word. */
const STATES = {
  open: { state: "open", mark: "✓", word: "Open." },
  closed: { state: "closed", mark: "○", word: "Closed." },
  unsure: { state: "unsure", mark: "?", word: "Not known." },
};

function way(entry: Way): TemplateResult {
  const { state, mark, word } = STATES[entry.open ? "open" : entry.unsure ? "unsure" : "closed"];
  return html`<li class=${state}>
    <span class="mark" aria-hidden="true">${mark}</span>
    <p>
      <b>${entry.title}</b>
      <span class="state">${word}</span>
      ${entry.detail}
      ${entry.doc ? html`<a href=${entry.doc} rel="noreferrer">AWS page<span class="hidden"> on: ${entry.title}</span></a>` : nothing}
    </p>
  </li>`;
}

/** The ways to be allowed: each open, or with what closes it. The nearest one comes first. */
export function waysIn(answer: Facts): TemplateResult {
  const ways = [...answer.ways].sort((a, b) => Number(b.near) - Number(a.near));
  const sides = [...new Set(ways.map((entry) => entry.side))];
  return html`<section class="card" aria-labelledby="ways-title">
    <h3 id="ways-title">Ways in <span class="rule">${answer.waysRule}</span></h3>
    ${sides.map((side) => {
      const name =
        SIDES[side] === ""
          ? nothing
          : html`<h4>${side === "resource" && answer.service === "kms" ? "In the key's account" : SIDES[side]}</h4>`;
      return html`${name}
        <ul class="ways">
          ${ways.filter((entry) => entry.side === side).map(way)}
        </ul>`;
    })}
  </section>`;
}
