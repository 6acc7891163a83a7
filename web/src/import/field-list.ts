import { html, type TemplateResult } from "lit";
import type { Imported } from "../engine/contract";
import { PageElement } from "../page/page-element";

/** What a text leaves open, each with a field to fill. Tells what was filled by a fill event. */
export class FieldList extends PageElement {
  static override properties = { fields: { attribute: false } };
  declare fields: Imported["fields"];

  protected override render(): TemplateResult {
    return html`<fieldset class="choices">
      <legend>Fill in what the text leaves open <span class="soft">${this.fields.length}</span></legend>
      <div class="choice-rows fill">
        ${this.fields.map(
          ({ name, value }) => html`<label
            ><span><code>${name}</code></span>
            <input
              autocomplete="off"
              spellcheck="false"
              .value=${value}
              @change=${(event: Event) =>
                this.dispatchEvent(new CustomEvent("fill", { detail: { name, value: (event.target as HTMLInputElement).value.trim() } }))}
          /></label>`,
        )}
      </div>
    </fieldset>`;
  }
}

customElements.define("field-list", FieldList);
