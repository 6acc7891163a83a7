import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Imported } from "../engine/contract";
import { PageElement } from "../page/page-element";

/** So many choices are seen at once. More get a filter. */
const SEEN = 8;

/** So many are drawn at most. The filter finds the others. */
const DRAWN = 100;

/** The id of the reason, for what else it explains. */
export const WHY = "choice-why";

/** A choice between the things that a pasted text holds. Tells which one by a change event. */
export class ChoiceList extends PageElement {
  static override properties = {
    choices: { attribute: false },
    value: { attribute: false },
    why: { attribute: false },
    filter: { state: true },
  };
  declare choices: Imported["choices"];
  /** The id of the choice, or "". */
  declare value: string;
  /** Why the value is taken, or why nothing is: a sentence, or "". */
  declare why: string;
  declare filter: string;

  constructor() {
    super();
    this.filter = "";
    this.why = "";
  }

  protected override render(): TemplateResult {
    const wanted = this.filter.trim().toLowerCase();
    const shown = this.choices.filter(({ id, label }) => id === this.value || label.toLowerCase().includes(wanted));
    return html`<fieldset class="choices" aria-describedby=${this.why === "" ? nothing : WHY}>
      <legend>Which one? <span class="soft">${this.choices.length} found</span></legend>
      ${this.why === "" ? nothing : html`<p id=${WHY} class=${this.value === "" ? "why open" : "why"}>${this.why}</p>`}
      ${this.choices.length > SEEN ? this.#search(shown.length) : ""}
      <div class="choice-rows">
        ${shown.slice(0, DRAWN).map(
          ({ id, label }) => html`<label
            ><input type="radio" name="choice" value=${id} .checked=${live(id === this.value)}
              @change=${() => this.#choose(id)} /><span>${label}</span></label
          >`,
        )}
      </div>
      ${shown.length > DRAWN ? html`<p class="soft">The first ${DRAWN} are shown. The filter finds the others.</p>` : ""}
    </fieldset>`;
  }

  #search(shown: number): TemplateResult {
    return html`<label
      ><span class="label">Filter: ${shown} of ${this.choices.length}</span>
      <input
        type="search"
        autocomplete="off"
        spellcheck="false"
        .value=${this.filter}
        @input=${(event: Event) => (this.filter = (event.target as HTMLInputElement).value)}
        @change=${(event: Event) => event.stopPropagation()}
    /></label>`;
  }

  #choose(id: string): void {
    this.value = id;
    this.dispatchEvent(new CustomEvent("choose", { detail: id }));
  }
}

customElements.define("choice-list", ChoiceList);
