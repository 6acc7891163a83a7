import { html, nothing, type TemplateResult } from "lit";
import type { Facts, Way } from "../engine/contract";
import { fold } from "./fold";

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

/** A list of ways: the closed ones fold away, but for the nearest. */
function list(ways: readonly Way[]): TemplateResult {
  const shown = ways.filter((entry) => entry.open || entry.unsure || entry.near);
  const closed = ways.filter((entry) => !shown.includes(entry));
  const items = (some: readonly Way[]) => (some.length === 0 ? nothing : html`<ul class="ways">${some.map(way)}</ul>`);
  if (closed.length < 2) return html`${items([...shown, ...closed])}`;
  return html`${items(shown)}
    <details class="closed-ways">
      <summary>${closed.length} ${shown.length > 0 ? "more " : ""}ways are closed</summary>
      ${items(closed)}
    </details>`;
}

/** The ways to be allowed: each open, or with what closes it. The nearest one comes first. */
export function waysIn(answer: Facts, open: boolean): TemplateResult {
  const ways = [...answer.ways].sort((a, b) => Number(b.near) - Number(a.near));
  const sides = [...new Set(ways.map((entry) => entry.side))];
  const title = (side: Way["side"]) => `In the ${side === "resource" ? answer.owner : side}'s account`;
  return fold(
    "ways-title",
    html`Ways in <span class="rule">${answer.waysRule}</span>`,
    open,
    html`${sides.map(
      (side) =>
        html`${side === "same-account" ? nothing : html`<h4>${title(side)}</h4>`}${list(ways.filter((entry) => entry.side === side))}`,
    )}`,
  );
}
