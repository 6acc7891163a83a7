import { html, type TemplateResult } from "lit";
import { humanSize, MAX_BYTES } from "./guards";
import { tell } from "./messages";
import { PageElement } from "./page-element";

/** Opens a scenario file, and copies the page as one. */
export class ScenarioFile extends PageElement {
  static override properties = { text: { attribute: false }, copied: { state: true } };
  /** Writes the scenario text of the page. */
  declare text: () => string;
  declare copied: string;

  constructor() {
    super();
    this.copied = "";
  }

  protected override render(): TemplateResult {
    return html`<button type="button" class="link" @click=${() => this.#input?.click()}>Open file</button>
      <input type="file" hidden aria-label="Scenario file" accept=".txtar,.txt,text/plain" @change=${() => void this.#open()} />
      <button type="button" class="link" title="Copy this page as a scenario file" @click=${() => void this.#copy()}>
        ${this.copied || "Copy"}<span class="hidden"> as scenario file</span>
      </button>`;
  }

  get #input(): HTMLInputElement | null {
    return this.querySelector("input");
  }

  async #open(): Promise<void> {
    const file = this.#input?.files?.[0];
    if (!file) return;
    if (file.size > MAX_BYTES) {
      tell(this, { kind: "trouble", message: `${file.name} is ${humanSize(file.size)}; at most 1 MiB is read.` });
    } else {
      tell(this, { kind: "load", text: await file.text(), title: file.name });
    }
    // Choosing the same file again must be a change again.
    if (this.#input) this.#input.value = "";
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text());
      this.copied = "Copied";
    } catch {
      this.copied = "Not allowed";
    }
    setTimeout(() => (this.copied = ""), 2000);
  }
}

customElements.define("scenario-file", ScenarioFile);
