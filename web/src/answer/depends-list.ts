import { html, nothing, type TemplateResult } from "lit";
import type { Depends, Facts } from "../engine/contract";

/** The two scenarios in which all is known. */
export interface Fillings {
  /** True while they are made. */
  busy: boolean;
  open(allowed: boolean): void;
}

function sets(title: string, tone: string, glyph: string, all: Depends["allowedIf"]): TemplateResult | typeof nothing {
  if (all.length === 0) return nothing;
  return html`<h4 class=${tone}><span aria-hidden="true">${glyph} </span>${title}</h4>
    <ul class="ifs" aria-label=${title}>
      ${all.map(({ clauses }) => html`<li>${clauses.map((clause, i) => html`${i === 0 ? nothing : html`<b> and </b>`}<span>${clause}</span>`)}</li>`)}
    </ul>`;
}

function fillings({ busy, open }: Fillings): TemplateResult {
  const button = (allowed: boolean, word: string) =>
    html`<button type="button" ?disabled=${busy} aria-describedby="fillings-hint" @click=${() => open(allowed)}>Fill it in, ${word}</button>`;
  return html`<div class="row-of fillings">
    ${button(true, "allowed")} ${button(false, "denied")}
    <span class="hint" id="fillings-hint" role="status">${busy ? "Filling in…" : "Opens a scenario in which all is known, as a draft of its own."}</span>
  </div>`;
}

/** What the answer depends on, the smallest sets first; and what is not known and changes nothing. */
export function dependsList({ depends, outcome }: Facts, fill: Fillings | undefined): TemplateResult | typeof nothing {
  if (!depends) return nothing;
  const decides = outcome === "depends";
  if (depends.whatever.length + (decides ? depends.allowedIf.length + depends.deniedIf.length : 0) === 0) return nothing;
  return html`<section class="card depends" aria-labelledby="depends-title">
    <h3 id="depends-title">${decides ? "What it depends on" : "What is not known"} ${decides ? html`<span class="rule">Each line is enough by itself.</span>` : nothing}</h3>
    ${decides ? html`${sets("Allowed if", "allow", "✓", depends.allowedIf)} ${sets("Denied if", "deny", "✕", depends.deniedIf)}` : nothing}
    ${depends.partial ? html`<p>There is more that could decide than was looked at.</p>` : nothing}
    ${
      depends.whatever.length === 0
        ? nothing
        : html`<p>Not known, and changes nothing: ${depends.whatever.map((name, i) => html`${i === 0 ? nothing : ", "}<code>${name}</code>`)}.</p>`
    }
    ${decides && fill ? fillings(fill) : nothing}
  </section>`;
}
