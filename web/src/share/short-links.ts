import { html, nothing, type TemplateResult } from "lit";
import { PageElement } from "../page/page-element";
import { copyText } from "./copy";
import { createPrivate, createPublic, deleteLink, keepsShortLinks, type ShortLink, type ShortLinkError } from "./short-link";

/** Short links, where the server of this page keeps them. */
export class ShortLinks extends PageElement {
  static override properties = {
    link: { attribute: false },
    file: { attribute: false },
    redacted: { attribute: false },
    site: { attribute: false },
    offered: { state: true },
    made: { state: true },
    madeRedacted: { state: true },
    said: { state: true },
  };
  /** The link that carries the scenario, from its "#" on; "" while it is made. */
  declare link: string;
  /** Writes the scenario file. */
  declare file: () => string;
  /** True where both have stand-ins for names. */
  declare redacted: boolean;
  /** The address of the folder that this page is in, with a slash at its end. */
  declare site: string;
  declare offered: boolean;
  declare made: ShortLink | undefined;
  /** True where what was made has stand-ins. */
  declare madeRedacted: boolean;
  /** What was done last, which screen readers announce. */
  declare said: string;
  #asked = false;

  constructor() {
    super();
    this.link = "";
    this.offered = false;
    this.redacted = false;
    this.madeRedacted = false;
    this.said = "";
  }

  /** Asks the server, once. Most copies of this page stand on a server that keeps nothing. */
  async ask(): Promise<void> {
    this.made = undefined;
    this.said = "";
    // Without a network there is nobody to ask, and nothing to note.
    if (this.#asked || !navigator.onLine) return;
    this.#asked = true;
    this.offered = await keepsShortLinks(this.site);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.offered) return nothing;
    return html`<h3>Short link</h3>
      <p>Private: encrypted in this browser, and the key is only in the link. The server stores what it can't read. Public: the server
        stores the scenario, and everybody with the link can read it.</p>
      <p class="row-of">
        <button type="button" ?disabled=${this.link === ""}
          @click=${() => void this.#make(() => createPrivate(this.link, this.site))}>Make a private link</button>
        <button type="button" @click=${() => void this.#make(() => createPublic(this.file(), this.site))}>Publish</button>
      </p>
      ${this.made ? this.#link(this.made) : nothing}
      <p role="status" class="hint">${this.said}</p>`;
  }

  #link(made: ShortLink): TemplateResult {
    return html`<label
        ><span class="label">Short link${this.#of}</span>
        <input class="code" readonly .value=${made.url} @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
      /></label>
      <p class="row-of">
        <button type="button" class="main" @click=${() => void this.#copy(made.url)}>Copy short link</button>
        <button type="button" class="danger" @click=${() => void this.#delete(made)}>Delete it again</button>
        <span class="hint">To delete it later, keep this word: <code>${made.deleteToken}</code></span>
      </p>`;
  }

  /** Which names a link has that was made before others were chosen. */
  get #of(): string {
    if (this.madeRedacted) return ", names replaced";
    return this.redacted ? ", with your own names" : "";
  }

  async #make(create: () => Promise<ShortLink | ShortLinkError>): Promise<void> {
    this.said = "One moment…";
    const { redacted } = this;
    const made = await create();
    this.madeRedacted = redacted;
    this.made = "error" in made ? undefined : made;
    this.said = "error" in made ? made.error.message : "Stored.";
  }

  async #delete(made: ShortLink): Promise<void> {
    const wrong = await deleteLink(made, this.site);
    if (!wrong) this.made = undefined;
    this.said = wrong ? wrong.error.message : "Deleted. A copy can stay in a cache for five minutes.";
  }

  async #copy(text: string): Promise<void> {
    this.said = (await copyText(text)) ? "Copied." : "The browser does not allow copying here. Select the text and copy it.";
  }
}

customElements.define("short-links", ShortLinks);
