import { html, nothing, type TemplateResult } from "lit";
import type { Mode, Row } from "./contract";
import { tell } from "./messages";
import { outcomeView } from "./outcome-view";
import { PageElement } from "./page-element";

interface View {
  id: string;
  label: string;
  shows(row: Row): boolean;
}

const VIEWS: readonly View[] = [
  { id: "minimal", label: "Minimal", shows: (row) => row.minimal },
  { id: "permitted", label: "Permitted", shows: (row) => row.outcome === "allow" },
  { id: "all", label: "All", shows: () => true },
  { id: "no-grants", label: "Without grants", shows: (row) => row.grant === "none" },
  { id: "delegation", label: "Key policy names account", shows: (row) => row.keyPolicy === "delegation" },
  { id: "no-delegation", label: "Key policy does not", shows: (row) => row.keyPolicy !== "delegation" },
];

const MODES: readonly { mode: Mode; label: string }[] = [
  { mode: "same-account", label: "Same account" },
  { mode: "cross-account", label: "Cross-account" },
];

/** The KMS access combinations as the engine judged them. */
export class CombinationTables extends PageElement {
  static override properties = {
    rows: { attribute: false },
    mine: { attribute: false },
    view: { state: true },
  };
  declare rows: readonly Row[];
  /** The id of the reader's own case, or "". */
  declare mine: string;
  declare view: string;

  constructor() {
    super();
    this.rows = [];
    this.mine = "";
    this.view = "minimal";
  }

  protected override render(): TemplateResult {
    const view = VIEWS.find((entry) => entry.id === this.view) ?? VIEWS[0];
    const allowed = this.rows.filter((row) => row.outcome === "allow").length;
    const minimal = this.rows.filter((row) => row.minimal).length;
    return html`<section class="combinations" aria-labelledby="combinations-title">
      <h2 id="combinations-title">KMS access combinations</h2>
      ${this.rows.length === 0
        ? html`<p class="lead">Waiting for the engine…</p>`
        : html`<p class="lead">
              Every way in which key policy, IAM policy and grant combine, decided by the same engine.
              ${allowed} of ${this.rows.length} give access; ${minimal} are minimal: take one part away and access ends.
            </p>
            ${this.#views()} ${this.#own(view)}
            <div class="two">${MODES.map(({ mode, label }) => this.#table(mode, label, view))}</div>`}
    </section>`;
  }

  #views(): TemplateResult {
    return html`<fieldset class="views">
      <legend class="hidden">View</legend>
      ${VIEWS.map(
        (view) => html`<label
          ><input type="radio" name="view" value=${view.id} .checked=${view.id === this.view} @change=${() => (this.view = view.id)} /><span
            >${view.label} <b>(${this.rows.filter(view.shows).length})</b></span
          ></label
        >`,
      )}
    </fieldset>`;
  }

  #own(view: View | undefined): TemplateResult | typeof nothing {
    const row = this.rows.find((entry) => entry.id === this.mine);
    if (!row) return html`<p class="own">Your request is not one of these cases.</p>`;
    const outcome = outcomeView(row.outcome);
    return html`<p class="own">
      <span class="tag">your case</span>
      ${row.mode === "same-account" ? "Same account" : "Cross-account"}: key policy ${row.keyPolicyLabel}, IAM policy ${row.iamLabel}, grant
      ${row.grantLabel}: <b class=${outcome.tone}>${outcome.glyph} ${outcome.word.toLowerCase()}</b>.
      ${view?.shows(row)
        ? nothing
        : html`It is not in this view. <button type="button" class="link" @click=${() => void this.#showAll()}>Show it in All</button>`}
      <a href="#answer">Go to the answer</a>
    </p>`;
  }

  async #showAll(): Promise<void> {
    this.view = "all";
    await this.updateComplete;
    // The button is gone now. The focus goes on to the row it promised.
    this.querySelector<HTMLElement>("tr.own button")?.focus();
  }

  #table(mode: Mode, label: string, view: View | undefined): TemplateResult {
    const rows = this.rows.filter((row) => row.mode === mode && (view?.shows(row) ?? true));
    return html`<div class="card">
      <table>
        <caption>${label} <span>(${rows.length})</span></caption>
        <thead>
          <tr><th scope="col">Key policy</th><th scope="col">IAM policy</th><th scope="col">Grant</th><th scope="col">Access</th></tr>
        </thead>
        <tbody>
          ${rows.map((row) => this.#row(row))}
        </tbody>
      </table>
    </div>`;
  }

  #row(row: Row): TemplateResult {
    const own = row.id === this.mine;
    const outcome = outcomeView(row.outcome);
    const load = () => tell(this, { kind: "load", text: row.scenario, title: `${row.keyPolicyLabel}, ${row.iamLabel}, ${row.grantLabel}` });
    const part = (label: string, kind: string) => html`<td class=${kind === "none" ? "none" : ""}>${label}</td>`;
    return html`<tr data-id=${row.id} class=${own ? "own" : ""} title=${row.reason}>
      <th scope="row" class=${row.keyPolicy === "none" ? "none" : ""}>
        <button type="button" class="row" @click=${load}>
          ${row.keyPolicyLabel}<span class="hidden">, IAM policy ${row.iamLabel}, grant ${row.grantLabel}: open this case</span>
        </button>
      </th>
      ${part(row.iamLabel, row.iam)} ${part(row.grantLabel, row.grant)}
      <td class="access">
        <b class=${outcome.tone}>${outcome.glyph} ${outcome.word.toLowerCase()}</b>
        ${row.minimal ? html`<span class="tag allow">minimal</span>` : nothing} ${own ? html`<span class="tag">your case</span>` : nothing}
      </td>
    </tr>`;
  }
}

customElements.define("combination-tables", CombinationTables);
