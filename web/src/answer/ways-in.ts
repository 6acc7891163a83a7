import { html, nothing, type TemplateResult } from "lit";
import type { Facts, Fix, Way } from "../contract";
import type { Section } from "../page-state";
import { fixView } from "./fix-view";
import { sectionTitle } from "./section-title";

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

/** The edits that open a closed way, and which of them is being looked at. */
export interface Fixes {
  all: readonly Fix[];
  /** The policies as they are, to show what an edit changes. */
  sections: readonly Section[];
  opened: Fix | undefined;
  toggle(fix: Fix): void;
  apply(fix: Fix): void;
}

function fixId(fixes: Fixes, fix: Fix): string {
  return `fix-${fixes.all.indexOf(fix)}`;
}

function fixButton(fix: Fix, fixes: Fixes): TemplateResult {
  const open = fix === fixes.opened;
  return html`<button
    type="button"
    class="link add"
    aria-label="Add it: ${fix.title}"
    aria-expanded=${open}
    aria-controls=${open ? fixId(fixes, fix) : nothing}
    @click=${() => fixes.toggle(fix)}
  >
    Add it
  </button>`;
}

function openedFix(answer: Facts, fix: Fix, fixes: Fixes): TemplateResult {
  const old = fixes.sections.find((section) => section.name === fix.section)?.text ?? "";
  return fixView(fix, old, sectionTitle(answer, fix.section), fixId(fixes, fix), () => fixes.apply(fix));
}

function way(answer: Facts, entry: Way, fixes: Fixes): TemplateResult {
  const edits = fixes.all.filter((fix) => answer.ways[fix.way] === entry);
  const opened = edits.find((fix) => fix === fixes.opened);
  const { state, mark, word } = STATES[entry.open ? "open" : entry.unsure ? "unsure" : "closed"];
  return html`<li class="${state} ${entry.near ? "near" : ""}">
    <span class="mark" aria-hidden="true">${mark}</span>
    <div>
      <p>
        <b>${entry.title}</b>
        <span class="state">${word}</span>
        ${entry.detail}
        ${entry.near ? html`<span class="tag">one edit away</span>` : nothing}
        ${entry.doc ? html`<a href=${entry.doc} rel="noreferrer">AWS page<span class="hidden"> on: ${entry.title}</span></a>` : nothing}
        ${edits.map((fix) => fixButton(fix, fixes))}
      </p>
      ${opened ? openedFix(answer, opened, fixes) : nothing}
    </div>
  </li>`;
}

/** The ways to be allowed: each open, or with what closes it. The nearest one comes first. */
export function waysIn(answer: Facts, fixes: Fixes): TemplateResult {
  const ways = [...answer.ways].sort((a, b) => Number(b.near) - Number(a.near));
  const sides = [...new Set(ways.map((entry) => entry.side))];
  return html`<section class="card" aria-labelledby="ways-title">
    <h3 id="ways-title">Ways in <span class="rule">${answer.waysRule}</span></h3>
    ${sides.map((side) => {
      const name = SIDES[side] === "" ? nothing : html`<h4>${side === "resource" && answer.service === "kms" ? "In the key's account" : SIDES[side]}</h4>`;
      return html`${name}
        <ul class="ways">
          ${ways.filter((entry) => entry.side === side).map((entry) => way(answer, entry, fixes))}
        </ul>`;
    })}
  </section>`;
}
