import { html, nothing, type TemplateResult } from "lit";
import type { Depends, Facts } from "../engine/contract";
import { tell } from "../state/messages";

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
      ${all.map(
        ({ clauses }) =>
          html`<li>${clauses.map((clause, i) => html`${i === 0 ? nothing : html`<b> and </b>`}<span>${clause}</span>`)}</li>`,
      )}
    </ul>`;
}

/** A button for each condition key that decides: the page adds it to the request, with the focus on its value. */
function keys(on: Depends["on"]): TemplateResult | typeof nothing {
  const add = (key: string) => (event: Event) => tell(event.currentTarget as HTMLElement, { kind: "key-add", key });
  const all = on.filter((name) => name.includes(":") && !name.includes("*"));
  return all.length === 0 ? nothing : html`${all.map((key) => html`<button type="button" @click=${add(key)}>Add ${key}</button>`)}`;
}

function fillings({ busy, open }: Fillings, on: Depends["on"]): TemplateResult {
  const button = (allowed: boolean, word: string) =>
    html`<button type="button" ?disabled=${busy} aria-describedby="fillings-hint"
      @click=${() => open(allowed)}>Fill in so that it is ${word}</button>`;
  return html`<div class="row-of fillings">
    ${keys(on)} ${button(true, "allowed")} ${button(false, "denied")}
    <span class="hint" id="fillings-hint"
      role="status">${busy ? "Filling in…" : "Opens a copy in which everything is known. This one stays in your drafts."}</span>
  </div>`;
}

/** What the answer depends on, the smallest sets first; and what is not known and changes nothing. */
export function dependsList({ depends, outcome }: Facts, fill: Fillings | undefined): TemplateResult | typeof nothing {
  if (!depends) return nothing;
  const decides = outcome === "depends";
  if (depends.whatever.length + (decides ? depends.allowedIf.length + depends.deniedIf.length : 0) === 0) return nothing;
  return html`<section class="card depends" aria-labelledby="depends-title">
    <h3 id="depends-title">${decides ? "What it depends on" : "What is not known"} ${
      decides ? html`<span class="rule">Each line is enough by itself.</span>` : nothing
    }</h3>
    ${decides ? sets("Allowed if", "allow", "✓", depends.allowedIf) : nothing}
    ${decides ? sets("Denied if", "deny", "✕", depends.deniedIf) : nothing}
    ${depends.partial ? html`<p>There may be more in each list than is shown.</p>` : nothing}
    ${
      depends.whatever.length === 0
        ? nothing
        : html`<p>Not known, but makes no difference: ${depends.whatever.map(
            (name, i) => html`${i === 0 ? nothing : ", "}<code>${name}</code>`,
          )}.</p>`
    }
    ${decides && fill ? fillings(fill, depends.on) : nothing}
  </section>`;
}
