import { html, nothing, type TemplateResult } from "lit";
import { closeOutside } from "../dialog";
import type { LinkError } from "../links/link";
import { PageElement } from "../page-element";
import { copyText } from "./copy";

/** Some chats cut longer addresses off. The page tells such a link from a whole one. */
const LONG = 2000;

/** The scenario as a link or as a file, in a dialog. */
export class ShareBox extends PageElement {
  static override properties = {
    makeLink: { attribute: false },
    makeFile: { attribute: false },
    fileTitle: { attribute: false },
    address: { state: true },
    said: { state: true },
  };
  /** Makes the link: the part of the address from its "#" on. */
  declare makeLink: () => Promise<string | LinkError>;
  /** Writes the scenario file. */
  declare makeFile: () => string;
  declare fileTitle: string;
  /** The whole link, "" while it is made, or why there is none. */
  declare address: { url: string } | { trouble: string };
  /** What was done last, for all to hear. */
  declare said: string;

  constructor() {
    super();
    this.address = { url: "" };
    this.said = "";
  }

  protected override render(): TemplateResult {
    return html`<button type="button" class="link" @click=${() => void this.#open()}>Share</button>
      <dialog class="box share" aria-labelledby="share-title" @click=${closeOutside}>
        <form method="dialog" class="box-head">
          <h2 id="share-title">Share</h2>
          <button class="quiet" aria-label="Close">✕</button>
        </form>
        <p>The link holds the whole scenario, policies included, after its <code>#</code>. Browsers don't send that part to any server. Whoever gets the link can read it.</p>
        ${this.#link()}
        <h3>As a file</h3>
        <p class="row-of">
          <button type="button" @click=${() => void this.#copy(this.makeFile(), "Scenario file copied")}>Copy scenario file</button>
          <button type="button" @click=${() => this.#download()}>Download scenario file</button>
        </p>
        <p role="status" class="hint">${this.said}</p>
      </dialog>`;
  }

  #link(): TemplateResult {
    if ("trouble" in this.address) return html`<p class="trouble" role="alert">${this.address.trouble}</p>`;
    const { url } = this.address;
    return html`<label
        ><span class="label">Link, ${url.length.toLocaleString("en")} characters</span>
        <input class="code" readonly .value=${url} @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
      /></label>
      <p class="row-of">
        <button type="button" class="main" ?disabled=${url === ""} @click=${() => void this.#copy(url, "Link copied")}>Copy link</button>
        ${url.length > LONG ? html`<span class="hint">Some chats cut long links off. The page then says so; a file is safer.</span>` : nothing}
      </p>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  async #open(): Promise<void> {
    this.said = "";
    this.address = { url: "" };
    this.#dialog?.showModal();
    const link = await this.makeLink();
    this.address = typeof link === "string" ? { url: location.href.replace(/#.*$/s, "") + link } : { trouble: link.error.message };
  }

  async #copy(text: string, done: string): Promise<void> {
    this.said = (await copyText(text)) ? `${done}.` : "The browser does not allow copying here. Select the text and copy it.";
  }

  #download(): void {
    const url = URL.createObjectURL(new Blob([this.makeFile()], { type: "text/plain" }));
    const name = this.fileTitle.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60);
    Object.assign(document.createElement("a"), { href: url, download: `${name || "scenario"}.txtar` }).click();
    URL.revokeObjectURL(url);
    this.said = "Scenario file saved.";
  }

}

customElements.define("share-box", ShareBox);
