import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { showRow } from "../answer/show-row";
import type { Mode, Outcome, Row } from "../engine/contract";
import { tell } from "../state/messages";
import { outcomeView } from "../page/outcome-view";
import { PageElement } from "../page/page-element";

interface View {
  id: string;
  label: string;
  shows(row: Row, rows: readonly Row[]): boolean;
}

const MINIMAL: View = { id: "minimal", label: "Minimal", shows: (row) => row.minimal };
const ALL: View = { id: "all", label: "All", shows: () => true };

const VIEWS: readonly View[] = [
  MINIMAL,
  { id: "permitted", label: "Permitted", shows: (row) => row.outcome === "allow" },
  ALL,
  { id: "no-grants", label: "Without grants", shows: (row) => row.grant === "none" },
  { id: "delegation", label: "Default key policy", shows: (row) => row.keyPolicy === "delegation" },
  { id: "no-delegation", label: "No delegation", shows: (row) => row.keyPolicy !== "delegation" },
  { id: "differences", label: "Differences", shows: (row, rows) => sameParts(row, rows).some((other) => other.outcome !== row.outcome) },
];

const MODES: readonly { mode: Mode; label: string }[] = [
  { mode: "same-account", label: "Same account" },
  { mode: "cross-account", label: "Cross-account" },
];

// Across accounts a grant can be made on either side, so a grant "explicit" of
// one table meets two rows of the other.
function grantKind(row: Row): string {
  return row.grant.replace(/-by-.*$/, "");
}

/** The rows of the other mode with the same parts. */
function sameParts(row: Row, rows: readonly Row[]): Row[] {
  return rows.filter(
    (other) => other.mode !== row.mode && other.keyPolicy === row.keyPolicy && other.iam === row.iam && grantKind(other) === grantKind(row),
  );
}

const ONLY: Record<Mode, string> = { "same-account": "only in the same account", "cross-account": "only across accounts" };
const OTHERWISE: Record<Mode, string> = { "same-account": "allowed across accounts", "cross-account": "allowed in the same account" };

/** How a row differs from the same parts in the other mode, or "". */
function difference(row: Row, rows: readonly Row[]): string {
  const others = sameParts(row, rows);
  if (others.length === 0 || others.some((other) => other.outcome === row.outcome)) return "";
  return row.outcome === "allow" ? ONLY[row.mode] : OTHERWISE[row.mode];
}

/** The address of a row, from the "#" on. */
function rowHash(row: Row): string {
  return `#row=${row.id}`;
}

/** The KMS access combinations as the engine judged them. */
export class CombinationTables extends PageElement {
  static override properties = {
    rows: { attribute: false },
    mine: { attribute: false },
    answered: { attribute: false },
    target: { attribute: false },
    base: { attribute: false },
    viewId: { attribute: false },
    view: { state: true },
    reasons: { state: true },
  };
  declare rows: readonly Row[];
  /** The id of the reader's own case, "" if it is none of them; undefined where there is no such case. */
  declare mine: string | undefined;
  /** What the engine answered to the reader's case with all of its policies. */
  declare answered: Outcome | undefined;
  /** The id of the row whose address was opened, or "". */
  declare target: string;
  /** The address of the playground, "" on its own page. */
  declare base: string;
  /** The view that was asked for from outside. */
  declare viewId: string;
  declare view: View;
  /** True if each row says why. */
  declare reasons: boolean;
  /** The target that was brought into view last. */
  #reached = "";

  constructor() {
    super();
    this.rows = [];
    this.mine = "";
    this.target = "";
    this.base = "";
    this.viewId = "";
    this.view = MINIMAL;
    this.reasons = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("viewId")) this.view = VIEWS.find((view) => view.id === this.viewId) ?? MINIMAL;
    if (!changed.has("target") && !changed.has("rows")) return;
    const row = this.rows.find((entry) => entry.id === this.target);
    if (row && this.target !== this.#reached && !this.view.shows(row, this.rows)) this.view = ALL;
  }

  protected override updated(): void {
    // The page above it grows once the case of the row is judged.
    if (this.target === this.#reached || (this.target !== "" && this.target !== this.mine)) return;
    this.#reached = this.target;
    showRow(this.#find(this.target), "instant");
  }

  #find(id: string): HTMLElement | undefined {
    return [...this.querySelectorAll<HTMLElement>("tr[data-id]")].find((row) => row.dataset.id === id);
  }

  protected override render(): TemplateResult {
    const allowed = this.rows.filter((row) => row.outcome === "allow").length;
    const minimal = this.rows.filter((row) => row.minimal).length;
    return html`<section class="combinations" aria-labelledby="combinations-title">
      <h2 id="combinations-title">KMS access combinations</h2>
      ${
        this.rows.length === 0
          ? html`<p class="lead">Waiting for the engine…</p>`
          : html`<p class="lead">
              Every way in which key policy, identity-based policy and grant combine, decided by the same engine.
              ${allowed} of ${this.rows.length} give access; ${minimal} are minimal: take one part away and access ends.
            </p>
            ${this.#views()} ${this.#own()}
            <div class="two">${MODES.map(({ mode, label }) => this.#table(mode, label))}</div>`
      }
    </section>`;
  }

  #views(): TemplateResult {
    return html`<div class="view-bar">
      <fieldset class="views">
        <legend class="hidden">View</legend>
        ${VIEWS.map(
          (view) => html`<label
            ><input type="radio" name="view" value=${view.id} .checked=${view === this.view} @change=${() => (this.view = view)} /><span
              >${view.label} <b>(${this.rows.filter((row) => view.shows(row, this.rows)).length})</b></span
            ></label
          >`,
        )}
      </fieldset>
      <label class="reasons"
        ><input type="checkbox" .checked=${this.reasons} @change=${() => (this.reasons = !this.reasons)} />Say why</label
      >
    </div>`;
  }

  #own(): TemplateResult | typeof nothing {
    if (this.mine === undefined) return nothing;
    const row = this.rows.find((entry) => entry.id === this.mine);
    if (!row) return html`<p class="own">Your request is not one of these cases.</p>`;
    const outcome = outcomeView(row.outcome);
    return html`<p class="own">
      <span class="tag">your case</span>
      ${row.mode === "same-account" ? "Same account" : "Cross-account"}: key policy ${row.keyPolicyLabel}, identity-based policy ${row.iamLabel}, grant
      ${row.grantLabel}: <b class=${outcome.tone}>${outcome.glyph} ${outcome.word.toLowerCase()}</b>.
      ${
        this.answered === undefined || this.answered === row.outcome
          ? nothing
          : html`That is what these three alone come to. With all that you pasted the answer is <b>${this.answered === "allow" ? "allowed" : this.answered}</b>.`
      }
      ${
        this.view.shows(row, this.rows)
          ? nothing
          : html`It is not in this view. <button type="button" class="link" @click=${() => void this.#showAll()}>Show it in All</button>`
      }
      ${this.base === "" ? html`<a href="#answer">Go to the answer</a>` : nothing}
    </p>`;
  }

  async #showAll(): Promise<void> {
    this.view = ALL;
    await this.updateComplete;
    // The button is gone now. The focus goes on to the row it promised.
    showRow(this.#find(this.mine ?? ""));
  }

  // Narrow screens lay a row out as a block, which would take its roles away.
  #table(mode: Mode, label: string): TemplateResult {
    const rows = this.rows.filter((row) => row.mode === mode && this.view.shows(row, this.rows));
    return html`<div class="card">
      <table role="table">
        <caption>${label} <span>(${rows.length})</span></caption>
        <thead role="rowgroup">
          <tr role="row">
            ${["Key policy", "Identity-based policy", "Grant", "Access"].map((head) => html`<th scope="col" role="columnheader">${head}</th>`)}
          </tr>
        </thead>
        <tbody role="rowgroup">
          ${rows.map((row) => this.#row(row))}
        </tbody>
      </table>
    </div>`;
  }

  #row(row: Row): TemplateResult {
    const own = row.id === this.mine;
    const title = `${row.keyPolicyLabel}, ${row.iamLabel}, ${row.grantLabel}`;
    const load = () => tell(this, { kind: "load", text: row.scenario, title, hash: rowHash(row) });
    const none = (kind: string) => (kind === "none" ? "none" : "");
    return html`<tr role="row" data-id=${row.id} class="${own ? "own" : ""} ${row.id === this.target ? "target" : ""}">
        <th scope="row" role="rowheader" class=${none(row.keyPolicy)}>
          <span class="part" aria-hidden="true">Key policy</span>
          <button type="button" class="row" @click=${load}>
            ${row.keyPolicyLabel}<span class="hidden">, identity-based policy ${row.iamLabel}, grant ${row.grantLabel}: open this case</span>
          </button>
        </th>
        <td role="cell" class=${none(row.iam)}><span class="part" aria-hidden="true">Identity-based policy</span> ${row.iamLabel}</td>
        <td role="cell" class=${none(row.grant)}><span class="part" aria-hidden="true">Grant</span> ${row.grantLabel}</td>
        <td role="cell" class="access">${this.#access(row, own)}</td>
      </tr>
      ${this.reasons ? html`<tr role="row" class="reason ${own ? "mine" : ""}"><td role="cell" colspan="4">${row.reason}</td></tr>` : nothing}`;
  }

  #access(row: Row, own: boolean): TemplateResult {
    const outcome = outcomeView(row.outcome);
    const differs = difference(row, this.rows);
    return html`<div>
        <b class=${outcome.tone}>${outcome.glyph} ${outcome.word.toLowerCase()}</b>
        ${row.minimal ? html`<span class="tag allow">minimal</span>` : nothing} ${own ? html`<span class="tag">your case</span>` : nothing}
        <a class="permalink" href=${this.base + rowHash(row)} aria-label="Link to this case">#</a>
      </div>
      ${differs === "" ? nothing : html`<span class="tag differs">≠ ${differs}</span>`}`;
  }
}

customElements.define("combination-tables", CombinationTables);
