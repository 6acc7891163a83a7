import { html, nothing, type TemplateResult } from "lit";
import type { Answer, Block, BlockForm } from "../engine/contract";
import { closeOutside } from "../page/dialog";
import type { LinkError } from "../links/link";
import { PageElement } from "../page/page-element";
import { copyText } from "./copy";
import { downloadScenario } from "./download";
import "./short-links";
import type { ShortLinks } from "./short-links";

/** Some chats cut longer addresses off. The page tells such a link from a whole one. */
const LONG = 2000;

/** What can be copied for somebody's page, and its name. The engine writes it as why403 embed does. */
const FORMS: readonly (readonly [BlockForm, string])[] = [
  ["html", "HTML for a page"],
  ["mdx", "MDX"],
  ["markdown", "Markdown"],
];

/** The folder that the page is in. */
function site(): string {
  return new URL(".", document.baseURI).href;
}

/** The scenario as a link, a short link, a file, Markdown or HTML, in a dialog. */
export class ShareBox extends PageElement {
  static override properties = {
    makeLink: { attribute: false },
    makeFile: { attribute: false },
    makeBlock: { attribute: false },
    answers: { attribute: false },
    fileTitle: { attribute: false },
    link: { state: true },
    said: { state: true },
    blocks: { state: true },
  };
  /** Makes the link: the part of the address from its "#" on. */
  declare makeLink: () => Promise<string | LinkError>;
  /** Writes the scenario file. */
  declare makeFile: () => string;
  /** Writes the scenario for somebody's page, with the address that opens it. */
  declare makeBlock: (form: BlockForm, address: string) => Promise<Block>;
  /** The answers of what stands on the page; none while it can't be judged. */
  declare answers: readonly Answer[];
  declare fileTitle: string;
  /** The link from its "#" on, "" while it is made, or why there is none. */
  declare link: string | LinkError;
  /** What was done last, for all to hear. */
  declare said: string;
  /** The blocks for a page, by their form, as far as they are written. */
  declare blocks: ReadonlyMap<BlockForm, string>;

  constructor() {
    super();
    this.link = "";
    this.answers = [];
    this.said = "";
    this.blocks = new Map();
  }

  protected override render(): TemplateResult {
    return html`<button type="button" class="link" aria-haspopup="dialog" @click=${() => void this.#open()}>Share</button>
      <dialog class="box share" aria-labelledby="share-title" @click=${closeOutside}>
        <form method="dialog" class="box-head">
          <h2 id="share-title">Share</h2>
          <button class="quiet" aria-label="Close">✕</button>
        </form>
        <p>The link holds the whole scenario, policies included, after its <code>#</code>. Browsers don't send that part to any server. Whoever gets the link can read it.</p>
        ${this.#linkField()}
        <short-links .link=${this.#fragment} .file=${this.makeFile} .site=${site()}></short-links>
        <h3>As text</h3>
        <p class="row-of">
          <button type="button" @click=${() => void this.#copy(this.makeFile(), "Scenario file copied")}>Copy scenario file</button>
          <button type="button" @click=${() => this.#download()}>Download scenario file</button>
          ${FORMS.map(([form, label]) => this.#blockButton(form, label))}
        </p>
        <p role="status" class="hint">${this.said}</p>
      </dialog>`;
  }

  get #fragment(): string {
    return typeof this.link === "string" ? this.link : "";
  }

  get #url(): string {
    return this.#fragment === "" ? "" : location.href.replace(/#.*$/s, "") + this.#fragment;
  }

  #linkField(): TemplateResult {
    if (typeof this.link !== "string") return html`<p class="trouble" role="alert">${this.link.error.message}</p>`;
    const url = this.#url;
    return html`<label
        ><span class="label">Link, ${url.length.toLocaleString("en")} characters</span>
        <input class="code" readonly .value=${url} @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
      /></label>
      <p class="row-of">
        <button type="button" class="main" ?disabled=${url === ""} @click=${() => void this.#copy(url, "Link copied")}>Copy link</button>
        ${url.length > LONG ? html`<span class="hint">Some chats cut long links off. The page then says so; a file is safer.</span>` : nothing}
      </p>`;
  }

  #blockButton(form: BlockForm, label: string): TemplateResult {
    const block = this.blocks.get(form) ?? "";
    const script = form === "markdown" ? "" : `<script type="module" src="${site()}why403.js"></script>\n`;
    return html`<button type="button" ?disabled=${block === ""} @click=${() => void this.#copy(script + block, `${label} copied`)}>Copy ${label}</button>`;
  }

  async #open(): Promise<void> {
    this.said = "";
    this.link = "";
    this.querySelector("dialog")?.showModal();
    void this.querySelector<ShortLinks>("short-links")?.ask();
    this.link = await this.makeLink();
    await this.#writeBlocks();
  }

  /** The blocks are ready before one is asked for: a browser lets a page copy only right after a press. */
  async #writeBlocks(): Promise<void> {
    this.blocks = new Map();
    const url = this.#url;
    if (url === "" || this.answers.length === 0) return;
    for (const [form] of FORMS) {
      const { block, problem } = await this.makeBlock(form, url);
      if (url !== this.#url) return;
      if (problem !== "") this.said = problem;
      else this.blocks = new Map([...this.blocks, [form, block]]);
    }
  }

  async #copy(text: string, done: string): Promise<void> {
    this.said = (await copyText(text)) ? `${done}.` : "The browser does not allow copying here. Select the text and copy it.";
  }

  #download(): void {
    downloadScenario(this.fileTitle, this.makeFile());
    this.said = "Scenario file saved.";
  }
}

customElements.define("share-box", ShareBox);
