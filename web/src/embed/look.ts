// What every live view has: its style sheets, and what its frame is made of.
import { html, nothing, type TemplateResult } from "lit";
import answer from "../styles/answer.css?inline";
import base from "../styles/base.css?inline";
import problems from "../styles/problems.css?inline";
import tables from "../styles/tables.css?inline";
import embed from "./embed.css?inline";
import { sheet } from "./styles";

export const SHEETS = [base, problems, answer, tables, embed].map(sheet);

/** What a live view is drawn into. */
export function newContent(): HTMLElement {
  const content = document.createElement("div");
  content.className = "embed";
  return content;
}

/** The way to the playground; nothing without an address. */
export function openLink(address: string): TemplateResult | typeof nothing {
  if (address === "") return nothing;
  return html`<p class="to-page"><a href=${address} target="_blank" rel="noopener">Open in why403<span
    class="hidden"> (new tab)</span></a></p>`;
}
