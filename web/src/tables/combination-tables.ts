import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { showRow } from "../answer/show-row";
import type { Mode, Outcome } from "../engine/contract";
import { tell } from "../state/messages";
import { outcomeView } from "../page/outcome-view";
import { PageElement } from "../page/page-element";
import { type AccessTable, type Row, rowHash } from "./table-files";
import { ALL, difference, type View, viewsOf, viewWith } from "./table-views";

const MODES: readonly { mode: Mode; label: string }[] = [
  { mode: "same-account", label: "Same account" },
  { mode: "cross-account", label: "Cross-account" },
];

/** The forms of a part that is not there, or says nothing. */
const NOTHING = new Set(["none", "absent", "silent"]);

const inSentence = (label: string) => label.charAt(0).toLowerCase() + label.slice(1);

/** The parts of a row in words: "key policy names caller, grant none". */
function said({ parts }: AccessTable, row: Row, from = 0): string {
  return parts
    .map((part, i) => `${inSentence(part.label)} ${row.labels[i]}`)
    .slice(from)
    .join(", ");
}

/** "a, b and c" */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** The access combinations of one service as the engine judged them. */
export class CombinationTables extends PageElement {
  static override properties = {
    table: { attribute: false },
    mine: { attribute: false },
    answered: { attribute: false },
    target: { attribute: false },
    base: { attribute: false },
    viewId: { attribute: false },
    view: { state: true },
    reasons: { state: true },
  };
  declare table: AccessTable;
  /** The id of the reader's own case, "" if it is none of them; undefined where there is no such case. */
  declare mine: string | undefined;
  /** What the engine answered to the reader's case with all of its policies. */
  declare answered: Outcome | undefined;
  /** The id of the row whose address was opened, or "". */
  declare target: string;
  /** The address of the playground, "" on its own page. */
  declare base: string;
  /** The view that was asked for from outside, or "". */
  declare viewId: string;
  declare view: View | undefined;
  /** True if each row says why. */
  declare reasons: boolean;
  /** True once a person chose the view. */
  #chosen = false;
  /** The target that was brought into view last. */
  #reached = "";

  constructor() {
    super();
    this.mine = "";
    this.target = "";
    this.base = "";
    this.viewId = "";
    this.reasons = false;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const other = changed.has("table") && changed.get("table")?.id !== this.table.id;
    if (other || changed.has("viewId")) {
      this.#chosen = this.viewId !== "";
      this.view = viewsOf(this.table).find((view) => view.id === this.viewId);
    }
    const id = this.target || (this.mine ?? "");
    const row = this.table.rows.find((entry) => entry.id === id);
    const hidden = row !== undefined && this.view !== undefined && !this.view.shows(row, this.table.rows);
    if (!this.view || (hidden && (!this.#chosen || (this.target !== "" && this.target !== this.#reached)))) {
      this.view = viewWith(this.table, id);
    }
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

  #shown(view: View | undefined): readonly Row[] {
    return this.table.rows.filter((row) => view?.shows(row, this.table.rows));
  }

  protected override render(): TemplateResult {
    const { parts, rows } = this.table;
    const allowed = rows.filter((row) => row.outcome === "allow").length;
    const minimal = rows.filter((row) => row.minimal).length;
    return html`<p class="lead">
        Every way in which ${listed(parts.map((part) => inSentence(part.label)))} combine, decided by the same engine.
        ${allowed} of ${rows.length} give access; ${minimal} are minimal: take one part away and access ends.
      </p>
      ${this.#views()} ${this.#own()}
      <div class="two parts-${parts.length}">${MODES.map(({ mode, label }) => this.#table(mode, label))}</div>`;
  }

  #choose(view: View): void {
    this.#chosen = true;
    this.view = view;
  }

  #views(): TemplateResult {
    return html`<div class="view-bar">
      <fieldset class="views">
        <legend class="hidden">View</legend>
        ${viewsOf(this.table).map(
          (view) => html`<label
            ><input type="radio" name="view" value=${view.id} .checked=${view === this.view} @change=${() => this.#choose(view)} /><span
              >${view.label} <b>(${this.#shown(view).length})</b></span
            ></label
          >`,
        )}
      </fieldset>
      <label class="reasons"
        ><input type="checkbox" .checked=${this.reasons} @change=${() => (this.reasons = !this.reasons)} />Say why</label
      >
      <a class="view-link" href=${`${this.base}#tables=${this.table.id}/${this.view?.id}`}>Link to this view</a>
    </div>`;
  }

  #own(): TemplateResult | typeof nothing {
    if (this.mine === undefined) return nothing;
    const { rows } = this.table;
    const row = rows.find((entry) => entry.id === this.mine);
    if (!row) return html`<p class="own">Your request is not one of these cases.</p>`;
    const outcome = outcomeView(row.outcome);
    return html`<p class="own">
      <span class="tag">your case</span>
      ${row.mode === "same-account" ? "Same account" : "Cross-account"}: ${said(this.table, row)}:
      <b class=${outcome.tone}>${outcome.glyph} ${outcome.word.toLowerCase()}</b>.
      ${
        this.answered === undefined || this.answered === row.outcome
          ? nothing
          : html`That is what these ${this.table.parts.length === 3 ? "three" : "four"} alone come to. With all that you pasted the answer
            is <b>${this.answered === "allow" ? "allowed" : this.answered}</b>.`
      }
      ${
        this.view?.shows(row, rows)
          ? nothing
          : html`It is not in this view. <button type="button" class="link" @click=${() => void this.#showAll()}>Show it in All</button>`
      }
      ${this.base === "" ? html`<a href="#answer">Go to the answer</a>` : nothing}
    </p>`;
  }

  async #showAll(): Promise<void> {
    this.#choose(ALL);
    await this.updateComplete;
    // The button is gone now. The focus goes on to the row it promised.
    showRow(this.#find(this.mine ?? ""));
  }

  // Narrow screens lay a row out as a block, which would take its roles away.
  #table(mode: Mode, label: string): TemplateResult {
    const rows = this.#shown(this.view).filter((row) => row.mode === mode);
    return html`<div class="card">
      <table role="table">
        <caption>${label} <span>(${rows.length})</span></caption>
        <thead role="rowgroup">
          <tr role="row">
            ${[...this.table.parts.map((part) => part.label), "Access"].map(
              (head) => html`<th scope="col" role="columnheader">${head}</th>`,
            )}
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
    const { id: table, parts } = this.table;
    const load = () => tell(this, { kind: "load", text: row.scenario, title: row.labels.join(", "), hash: rowHash(table, row.id) });
    const none = (i: number) => (NOTHING.has(row.forms[i] ?? "") ? "none" : "");
    const name = (i: number) => html`<span class="part" aria-hidden="true">${parts[i]?.label}</span>`;
    return html`<tr role="row" data-id=${row.id} class="${own ? "own" : ""} ${row.id === this.target ? "target" : ""}">
        <th scope="row" role="rowheader" class=${none(0)}>
          ${name(0)}
          <button type="button" class="row" @click=${load}>
            ${row.labels[0]}<span class="hidden">, ${said(this.table, row, 1)}: open this case</span>
          </button>
        </th>
        ${row.labels.slice(1).map((label, i) => html`<td role="cell" class=${none(i + 1)}>${name(i + 1)} ${label}</td>`)}
        <td role="cell" class="access">${this.#access(row, own)}</td>
      </tr>
      ${
        this.reasons
          ? html`<tr role="row" class="reason ${own ? "mine" : ""}"><td role="cell" colspan=${parts.length + 1}>${row.reason}</td></tr>`
          : nothing
      }`;
  }

  #access(row: Row, own: boolean): TemplateResult {
    const outcome = outcomeView(row.outcome);
    const differs = difference(row, this.table.rows);
    return html`<div>
        <b class=${outcome.tone}>${outcome.glyph} ${outcome.word.toLowerCase()}</b>
        ${row.minimal ? html`<span class="tag allow">minimal</span>` : nothing} ${own ? html`<span class="tag">your case</span>` : nothing}
        <a class="permalink" href=${this.base + rowHash(this.table.id, row.id)} aria-label="Link to this case">#</a>
      </div>
      ${differs === "" ? nothing : html`<span class="tag differs">≠ ${differs}</span>`}`;
  }
}

customElements.define("combination-tables", CombinationTables);
