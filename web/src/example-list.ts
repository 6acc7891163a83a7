import { html, type TemplateResult } from "lit";
import type { Example } from "./contract";
import { tell } from "./messages";
import { outcomeView } from "./outcome-view";
import { PageElement } from "./page-element";

/** The worked examples, in a list that opens over the page. */
export class ExampleList extends PageElement {
  static override properties = { examples: { attribute: false }, filter: { state: true } };
  declare examples: readonly Example[];
  declare filter: string;

  constructor() {
    super();
    this.filter = "";
  }

  protected override render(): TemplateResult {
    const wanted = this.filter.trim().toLowerCase();
    const shown = this.examples.filter(({ title, file }) => `${file} ${title}`.toLowerCase().includes(wanted));
    // KMS comes first: it is where people get lost.
    const groups = [...new Set(shown.map(group))].sort((a, b) => Number(b.startsWith("kms")) - Number(a.startsWith("kms")));
    return html`<button type="button" class="link" popovertarget="examples" ?disabled=${this.examples.length === 0}>
        Examples${this.examples.length > 0 ? ` (${this.examples.length})` : ""}
      </button>
      <div id="examples" popover role="dialog" aria-label="Examples">
        <label
          ><span class="label">Filter: ${shown.length} of ${this.examples.length}</span>
          <input type="search" autofocus .value=${this.filter} @input=${(event: Event) => (this.filter = (event.target as HTMLInputElement).value)}
        /></label>
        ${groups.map(
          (name) => html`<h3>${name}</h3>
            <ul>
              ${shown.filter((example) => group(example) === name).map((example) => this.#item(example))}
            </ul>`,
        )}
      </div>`;
  }

  #item(example: Example): TemplateResult {
    const view = outcomeView(example.outcome);
    const load = () => tell(this, { kind: "load", text: example.text, title: example.title });
    return html`<li>
      <button type="button" popovertarget="examples" popovertargetaction="hide" @click=${load}>
        <span>${example.title}</span><b class=${view.tone}>${view.glyph} ${view.word.toLowerCase()}</b>
      </button>
    </li>`;
  }
}

/** The directory of an example is its group. */
function group(example: Example): string {
  return example.file.replace(/\/?[^/]*$/, "");
}

customElements.define("example-list", ExampleList);
