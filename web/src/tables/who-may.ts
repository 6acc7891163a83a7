import { html, nothing, type TemplateResult } from "lit";
import type { WhoMay } from "../engine/contract";
import { EngineError, type EngineClient } from "../engine/engine-client";
import { ListWindow } from "../page/list-window";
import { outcomeView } from "../page/outcome-view";
import { PageElement } from "../page/page-element";
import { scenarioText } from "../scenario/scenario-text";
import { copyText } from "../share/copy";
import { download, fileName } from "../share/download";
import { tell } from "../state/messages";
import type { PageState } from "../state/page-state";
import { callTold } from "../state/told";
import "../styles/access-tables.css";

/** So many principals are drawn at once, and so many requests. The exports have all of them. */
const PRINCIPALS = 50;
const REQUESTS = 12;

/** Which of the principals of the scenario may make its requests: a matrix, asked for when it is opened. */
export class WhoMayTable extends PageElement {
  static override properties = {
    state: { attribute: false },
    settled: { attribute: false },
    reader: { attribute: false },
    found: { state: true },
    trouble: { state: true },
    reasons: { state: true },
    told: { state: true },
  };
  declare state: PageState;
  /** True once the answer on the page is that to the present text. */
  declare settled: boolean;
  /** The engine that has the matrix. */
  declare reader: () => EngineClient;
  declare found: WhoMay | undefined;
  declare trouble: string;
  /** True if each cell says by which way, or what denies it. */
  declare reasons: boolean;
  /** What came of an export. */
  declare told: string;
  #open = false;
  #asked = "";
  readonly #shown = new ListWindow(PRINCIPALS, "principals", () => this.requestUpdate());

  constructor() {
    super();
    this.settled = false;
    this.trouble = "";
    this.reasons = false;
    this.told = "";
  }

  get #hasEntities(): boolean {
    return this.state.sections.some(({ name }) => name.startsWith("entity/"));
  }

  protected override updated(): void {
    if (this.#open && this.settled) void this.#ask();
  }

  async #ask(): Promise<void> {
    const text = scenarioText(this.state);
    if (text === this.#asked) return;
    this.#asked = text;
    this.told = "";
    try {
      const { result } = await callTold(this.reader(), "who", text);
      if (text !== this.#asked) return;
      this.found = result;
      this.trouble = "";
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      this.trouble = error.message;
    }
  }

  #toggle(event: Event): void {
    this.#open = (event.target as HTMLDetailsElement).open;
    this.requestUpdate();
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.#hasEntities) return nothing;
    return html`<section class="who" aria-labelledby="who-title">
      <h2 id="who-title">Who may</h2>
      <details @toggle=${(event: Event) => this.#toggle(event)}>
        <summary>Each user and role of this scenario against each request</summary>
        ${this.#body()}
      </details>
    </section>`;
  }

  #body(): TemplateResult {
    const { found, trouble } = this;
    if (trouble !== "") return html`<p class="lead" role="status">${trouble}</p>`;
    if (!found) return html`<p class="lead" role="status">Asking the engine…</p>`;
    if (found.principals.length === 0) {
      return html`<p class="lead" role="status">
        No entity here can make requests, or a section has an error. Give an entity the ARN of a user or a role.
      </p>`;
    }
    const hidden = found.requests.length - REQUESTS;
    return html`<div class="who-tools">
        <label class="reasons"
          ><input type="checkbox" .checked=${this.reasons} @change=${() => (this.reasons = !this.reasons)} />Say why</label
        >
        <button type="button" @click=${() => void this.#copy(found.markdown)}>Copy as Markdown</button>
        <button type="button" @click=${() => download(`${fileName(this.state.title)}-who-may.csv`, "text/csv", found.csv)}>
          Download as CSV
        </button>
        <span role="status">${this.told}</span>
      </div>
      <div class="card scrolled" role="group" aria-label="Principals and requests" tabindex="0">${this.#table(found)}</div>
      ${found.bound === "" ? nothing : html`<p class="lead bound">${found.bound}</p>`} ${this.#shown.bar(found.principals.length)}
      ${hidden > 0 ? html`<p class="lead">${hidden} more ${hidden === 1 ? "request is" : "requests are"} in the exports.</p>` : nothing}`;
  }

  async #copy(text: string): Promise<void> {
    this.told = (await copyText(text)) ? "Copied." : "This browser does not let the page copy: use the CSV file.";
  }

  #table({ principals, requests, cells }: WhoMay): TemplateResult {
    const from = this.#shown.from(principals.length);
    const asked = requests.slice(0, REQUESTS);
    return html`<table>
      <thead>
        <tr>
          <th scope="col">Principal</th>
          ${asked.map(
            ({ name, action, resources }) => html`<th scope="col">
              ${name === "" ? nothing : html`${name}: `}<code>${action}</code> <code class="on">${resources.join(" ")}</code>
            </th>`,
          )}
        </tr>
      </thead>
      <tbody>
        ${this.#shown.of(principals).map(
          (principal, place) => html`<tr>
            <th scope="row">${principal.name}<code class="on">${principal.arn}</code></th>
            ${asked.map((_, index) => this.#cell(cells[index * principals.length + from + place], index, principal))}
          </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #cell(cell: WhoMay["cells"][number] | undefined, index: number, { name, arn }: { name: string; arn: string }): TemplateResult {
    if (!cell) return html`<td></td>`;
    const { tone, glyph, word } = outcomeView(cell.outcome);
    return html`<td>
      <button type="button" class="link" title=${cell.way} @click=${() => tell(this, { kind: "ask-as", index, principal: arn, name })}>
        <b class=${tone}>${glyph} ${word.toLowerCase()}</b><span class="hidden">: ask as ${name}</span>
      </button>
      ${this.reasons ? html`<span class="way">${cell.way}</span>` : nothing}
    </td>`;
  }
}

customElements.define("who-may", WhoMayTable);
