import { html, nothing, type TemplateResult } from "lit";
import type { PolicyTable, Says, Word } from "../engine/contract";
import { EngineError, type EngineClient } from "../engine/engine-client";
import { closeOutside } from "../page/dialog";
import { wordView } from "../page/outcome-view";
import { PageElement } from "../page/page-element";
import { scenarioText } from "../scenario/scenario-text";
import { copyText } from "../share/copy";
import { activeRequest, type PageState } from "../state/page-state";
import { callTold } from "../state/told";
import "../styles/policy-table.css";

/** Each in the word that cards have for it, which gives its look. */
const LOOKS: Record<Says, Word> = { allowed: "allows", "explicitly denied": "denies", "not matched": "silent", "not known": "not known" };

/** One policy as a table, in a dialog: what it says, by itself, over what its statements read. */
export class PolicyTableBox extends PageElement {
  static override properties = {
    state: { attribute: false },
    reader: { attribute: false },
    section: { state: true },
    found: { state: true },
    trouble: { state: true },
    told: { state: true },
  };
  declare state: PageState;
  /** The engine that makes the table. */
  declare reader: () => EngineClient;
  declare section: string;
  declare found: PolicyTable | undefined;
  declare trouble: string;
  /** What came of a copy. */
  declare told: string;
  #asked = 0;

  constructor() {
    super();
    this.section = "";
    this.trouble = "";
    this.told = "";
  }

  /** Opens the table of the policy in a section. */
  async show(section: string): Promise<void> {
    this.section = section;
    this.found = undefined;
    this.trouble = "";
    this.told = "";
    await this.updateComplete;
    this.querySelector("dialog")?.showModal();
    await this.#ask();
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    const head = JSON.stringify({ section: this.section, request: activeRequest(this.state).name });
    try {
      const { result } = await callTold(this.reader(), "policyTable", `${head}\n${scenarioText(this.state)}`);
      if (asked !== this.#asked) return;
      this.found = result;
      this.trouble = result.problem;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (asked === this.#asked) this.trouble = error.message;
    }
  }

  protected override render(): TemplateResult {
    return html`<dialog class="box policy-table" aria-labelledby="policy-table-title" @click=${closeOutside}>
      <form method="dialog" class="box-head">
        <h2 id="policy-table-title">What <code>${this.section}</code> lets through</h2>
        <button class="quiet" aria-label="Close">✕</button>
      </form>
      ${this.#body()}
    </dialog>`;
  }

  #body(): TemplateResult {
    if (this.trouble !== "") return html`<p role="status">${this.trouble}</p>`;
    if (!this.found) return html`<p role="status">Asking the engine…</p>`;
    const { request, notes, markdown } = this.found;
    return html`<p>
        What this policy says, by itself, of requests that differ from ${request === "" ? "the one here" : html`<b>${request}</b>`} in what
        its statements read. Other policies can still deny what it allows.
      </p>
      ${notes.map((note) => html`<p class="hint">${note}</p>`)}
      <p class="row-of">
        <button type="button" @click=${() => void this.#copy(markdown)}>Copy as Markdown</button>
        <span role="status">${this.told}</span>
      </p>
      <div class="scrolled" role="group" aria-label="What the policy says" tabindex="0">${this.#table(this.found)}</div>`;
  }

  #table({ columns, rows }: PolicyTable): TemplateResult {
    return html`<table>
      <thead>
        <tr>
          ${columns.map((name) => html`<th scope="col">${name}</th>`)}
          <th scope="col">This policy alone</th>
          <th scope="col">Statement</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ cells, says, statement, asked }) => html`<tr class=${asked ? "asked" : ""}>
            ${cells.map((cell) => html`<td>${cell}</td>`)}
            <td><b class=${wordView(LOOKS[says]).tone}>${wordView(LOOKS[says]).glyph} ${says}</b>${
              asked ? html` <span class="hint">this request</span>` : nothing
            }</td>
            <td>${statement}</td>
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  async #copy(text: string): Promise<void> {
    this.told = (await copyText(text)) ? "Copied." : "This browser does not let the page copy: select the table.";
  }
}

customElements.define("policy-table", PolicyTableBox);
