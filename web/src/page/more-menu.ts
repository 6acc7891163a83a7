import { html, nothing, type TemplateResult } from "lit";
import { PageElement } from "./page-element";

/** One thing that can be done. */
export interface MenuItem {
  label: string;
  /** True where it can't be done at present. */
  off?: boolean;
  /** True where the menu stays open, since it is often done again. */
  again?: boolean;
  run(): void;
}

/** A button behind which is what else can be done with a card. */
export class MoreMenu extends PageElement {
  static override properties = { label: { attribute: false }, items: { attribute: false }, opened: { state: true } };
  /** What the menu belongs to. */
  declare label: string;
  /** Makes the list when it is shown: it depends on where the card is. */
  declare items: () => readonly MenuItem[];
  declare opened: boolean;

  constructor() {
    super();
    this.opened = false;
    this.addEventListener("focusout", (event) => {
      // An element that is moved on the page loses the focus to nothing.
      if (event.relatedTarget && !this.contains(event.relatedTarget as Node)) this.opened = false;
    });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.opened) return;
      event.stopPropagation();
      this.#close();
    });
  }

  protected override render(): TemplateResult {
    return html`<button type="button" class="quiet" aria-expanded=${this.opened} aria-label="More for ${this.label}"
      @click=${() => (this.opened = !this.opened)}>⋯</button>
      ${
        this.opened
          ? html`<div class="menu" role="group"
        aria-label="More for ${this.label}">${this.items().map((item) => this.#item(item))}</div>`
          : nothing
      }`;
  }

  #item(item: MenuItem): TemplateResult {
    const run = (event: Event) => {
      if (item.off) return;
      item.run();
      if (item.again) void this.#stay(event.currentTarget as HTMLElement);
      else this.#close();
    };
    return html`<button type="button" aria-disabled=${item.off === true} @click=${run}>${item.label}</button>`;
  }

  /** The focus stays where it was, also when the card is drawn at another place. */
  async #stay(button: HTMLElement): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve));
    this.requestUpdate();
    await this.updateComplete;
    button.focus();
    button.scrollIntoView({ block: "nearest" });
  }

  #close(): void {
    this.opened = false;
    this.querySelector<HTMLElement>("button")?.focus();
  }
}

customElements.define("more-menu", MoreMenu);
