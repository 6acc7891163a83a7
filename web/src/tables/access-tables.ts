import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Facts } from "../engine/contract";
import { afterFrame } from "../page/after-frame";
import { PageElement } from "../page/page-element";
import "../styles/access-tables.css";
import "./combination-tables";
import { sameAccountTable } from "./same-account";
import { type AccessTable, accessTable, type Alone, rowOf, sameAccount, type TableIndex, tableIndex, TablesError } from "./table-files";

/** What is shown where the request's service has no table. */
const FIRST = "kms";

/** The tables of the request's service, or of another one that the reader chose, and what each side does alone. */
export class AccessTables extends PageElement {
  static override properties = {
    answer: { attribute: false },
    target: { attribute: false },
    opened: { attribute: false },
    table: { state: true },
    alone: { state: true },
    index: { state: true },
    picked: { state: true },
    trouble: { state: true },
  };
  /** The answer to the reader's request. */
  declare answer: Facts | undefined;
  /** The row whose address was opened, or "". */
  declare target: string;
  /** The table and the view whose address was opened, as TABLE/VIEW, or "". */
  declare opened: string;
  declare table: AccessTable | undefined;
  declare alone: Alone | undefined;
  declare index: TableIndex;
  /** The table that the reader chose, or "" for that of the request. */
  declare picked: string;
  declare trouble: string;
  #asked = "";
  /** The view that was brought into sight last. */
  #reached = "";

  constructor() {
    super();
    this.target = "";
    this.opened = "";
    this.index = [];
    this.picked = "";
    this.trouble = "";
  }

  get #own(): string {
    return this.answer?.combination?.table ?? this.answer?.service ?? "";
  }

  /** The tables come a frame after the verdict: to draw them is a third of what an answer costs the page. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated) await afterFrame();
    await super.scheduleUpdate();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Another case has tables of its own.
    const before = changed.get("answer");
    if (before && (before.combination?.table ?? before.service) !== this.#own) this.picked = "";
    if (changed.has("target") && this.target !== "") this.picked = "";
    if (changed.has("opened") && this.opened !== "") this.picked = this.opened.split("/")[0] ?? "";
  }

  protected override updated(): void {
    void this.#load();
    if (!this.table) return;
    // What the build drew makes place.
    document.querySelector("#static-tables")?.remove();
    if (this.opened === "") this.#reached = "";
    if (this.opened === this.#reached || this.opened.split("/")[0] !== this.table.id) return;
    this.#reached = this.opened;
    this.scrollIntoView({ behavior: "instant" });
  }

  /** Fetches the table that is to be shown, where it is not. */
  async #load(): Promise<void> {
    const base = document.baseURI;
    try {
      if (this.index.length === 0) this.index = await tableIndex(base);
      const has = (id: string) => this.index.some((entry) => entry.id === id);
      const id = [this.picked, this.#own].find(has) ?? this.table?.id ?? FIRST;
      if (id === this.#asked) return;
      this.#asked = id;
      const table = await accessTable(base, id);
      if (this.#asked !== id) return;
      this.table = table;
      this.alone ??= await sameAccount(base);
      // Only when all has come: each change is drawn, and what is drawn asks for what is missing.
      this.trouble = "";
    } catch (error) {
      this.#asked = "";
      if (!(error instanceof TablesError)) throw error;
      this.trouble = error.message;
    }
  }

  #choose(id: string): void {
    this.picked = id;
    this.querySelector("select")?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { table, index } = this;
    const trouble = this.trouble === "" ? nothing : html`<p class="lead" role="status">${this.trouble}</p>`;
    if (!table) return trouble;
    const mine = this.answer?.combination;
    const [openedTable, view = ""] = this.opened.split("/");
    const target = rowOf(this.target);
    return html`<section class="combinations" aria-labelledby="combinations-title">
        <div class="tables-head">
          <h2 id="combinations-title">${table.title} access combinations</h2>
          <label
            >Service
            <select @change=${(event: Event) => (this.picked = (event.target as HTMLSelectElement).value)}>
              ${index.map(({ id, title }) => html`<option value=${id} .selected=${id === table.id}>${title}</option>`)}
            </select></label
          >
          <a href=${table.doc} target="_blank" rel="noopener">AWS's page<span class="hidden"> on ${table.title} (new tab)</span></a>
        </div>
        ${this.#other(table)}
        <combination-tables
          .table=${table}
          .mine=${table.id === this.#own ? (mine?.id ?? "") : undefined}
          .answered=${this.answer?.outcome}
          .target=${target.table === table.id ? target.id : ""}
          .viewId=${openedTable === table.id ? view : ""}
        ></combination-tables>
      </section>
      ${trouble}${this.alone ? sameAccountTable(this.alone, this.#own, (id) => this.#choose(id)) : nothing}`;
  }

  /** Says where the tables are not those of the request. */
  #other(table: AccessTable): TemplateResult | typeof nothing {
    const own = this.#own;
    if (own === "" || own === table.id) return nothing;
    const title = this.index.find((entry) => entry.id === own)?.title;
    return title === undefined
      ? html`<p class="own">There are no tables for <code>${own}</code>, whose requests you ask about.</p>`
      : html`<p class="own">
          Your request is one of ${title}.
          <button type="button" class="link" @click=${() => this.#choose("")}>Show the tables of ${title}</button>
        </p>`;
  }
}

customElements.define("access-tables", AccessTables);
