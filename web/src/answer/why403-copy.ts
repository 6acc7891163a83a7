import { html, nothing, type TemplateResult } from "lit";
import { PageElement } from "../page/page-element";
import { copyText } from "../share/copy";

/** How long "Copied" stays on view. */
const STAYS_MS = 3000;

const KEYS = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘C" : "Ctrl+C";

/**
 * Copies a text. Where the page may not use the clipboard, it selects the text
 * instead and says which keys copy it.
 */
export class CopyButton extends PageElement {
  static override properties = {
    label: {},
    text: { attribute: false },
    shown: { attribute: false },
    state: { state: true },
    byHand: { state: true },
  };
  declare label: string;
  declare text: () => string | Promise<string>;
  /** The element that shows the text already, if there is one. */
  declare shown: (() => Element | null) | undefined;
  declare state: "" | "copied" | "select";
  /** The text to copy by hand, where nothing on the page shows it. */
  declare byHand: string;

  constructor() {
    super();
    this.state = "";
    this.byHand = "";
  }

  protected override render(): TemplateResult {
    return html`<button type="button" @click=${() => void this.#copy()}>${this.label}</button>
      <span class="copied"
        role="status">${
          this.state === "copied" ? "✓ Copied" : this.state === "select" ? `Press ${KEYS} to copy the selected text` : ""
        }</span>
      ${
        this.byHand === ""
          ? nothing
          : html`<textarea readonly aria-label="${this.label}: the text" rows="6" .value=${this.byHand}></textarea>`
      }`;
  }

  async #copy(): Promise<void> {
    const text = await this.text();
    if (!(await copyText(text))) return this.#select(text);
    this.byHand = "";
    this.state = "copied";
    setTimeout(() => (this.state = this.state === "copied" ? "" : this.state), STAYS_MS);
  }

  async #select(text: string): Promise<void> {
    const shown = this.shown?.();
    this.state = "select";
    if (shown) {
      getSelection()?.selectAllChildren(shown);
      return;
    }
    this.byHand = text;
    await this.updateComplete;
    const area = this.querySelector("textarea");
    area?.focus();
    area?.select();
  }
}

customElements.define("why403-copy", CopyButton);
