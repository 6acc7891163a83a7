import { html, nothing, type TemplateResult } from "lit";
import type { Answer, Block, BlockForm, Redaction } from "../engine/contract";
import { closeOutside } from "../page/dialog";
import type { LinkError } from "../links/link";
import { PageElement } from "../page/page-element";
import type { Page } from "../state/asking";
import { copyText } from "./copy";
import { downloadScenario } from "./download";
import "./redact-box";
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
    page: { attribute: false },
    makeLink: { attribute: false },
    makeFile: { attribute: false },
    makeBlock: { attribute: false },
    answers: { attribute: false },
    fileTitle: { attribute: false },
    own: { state: true },
    redaction: { state: true },
    link: { state: true },
    said: { state: true },
    blocks: { state: true },
  };
  declare page: Page;
  /** Makes the link: the part of the address from its "#" on. */
  declare makeLink: (redacted?: Redaction) => Promise<string | LinkError>;
  /** Writes the scenario file. */
  declare makeFile: () => string;
  /** Writes a scenario file for somebody's page, with the address that opens it. */
  declare makeBlock: (form: BlockForm, address: string, file: string) => Promise<Block>;
  /** The answers of what stands on the page; none while it can't be judged. */
  declare answers: readonly Answer[];
  declare fileTitle: string;
  /** The scenario file as it was when the box was opened. */
  declare own: string;
  /** What is shared in the scenario's place, if anything. */
  declare redaction: Redaction | undefined;
  /** The link from its "#" on, "" while it is made, or why there is none. */
  declare link: string | LinkError;
  /** What was done last, which screen readers announce. */
  declare said: string;
  /** The blocks for a page, by their form, as far as they are written. */
  declare blocks: ReadonlyMap<BlockForm, string>;
  #making = 0;

  constructor() {
    super();
    this.own = "";
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
        <p>The link holds the whole scenario, policies included, after its <code>#</code>. Browsers don't send that part to any server.
          Whoever gets the link can read it.</p>
        <redact-box .page=${this.page} .text=${this.own} .taken=${this.redaction}
          .take=${(redaction?: Redaction) => void this.#take(redaction)}></redact-box>
        ${this.#linkField()}
        <short-links .link=${this.#fragment} .file=${() => this.#file} .redacted=${this.redaction !== undefined}
          .site=${site()}></short-links>
        <h3>As text</h3>
        <p class="row-of">
          <button type="button" @click=${() => void this.#copy(this.#file, "Scenario file copied")}>Copy scenario file</button>
          <button type="button" @click=${() => this.#download()}>Download scenario file</button>
          ${FORMS.map(([form, label]) => this.#blockButton(form, label))}
        </p>
        <p role="status" class="hint">${this.said}</p>
      </dialog>`;
  }

  /** While it is closed nobody sees it, and opening it draws all of it. */
  protected override shouldUpdate(): boolean {
    return !this.hasUpdated || this.querySelector("dialog")?.open === true;
  }

  /** The scenario file that is shared. */
  get #file(): string {
    return this.redaction?.text ?? this.makeFile();
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
        ><span class="label">Link${this.redaction ? ", names replaced" : ""}, ${url.length.toLocaleString("en")} characters</span>
        <input class="code" readonly .value=${url} @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
      /></label>
      <p class="row-of">
        <button type="button" class="main" ?disabled=${url === ""} @click=${() => void this.#copy(url, "Link copied")}>Copy link</button>
        ${
          url.length > LONG
            ? html`<span class="hint">Some chats cut long links off. The page then says so; a file is safer.</span>`
            : nothing
        }
      </p>`;
  }

  #blockButton(form: BlockForm, label: string): TemplateResult {
    const block = this.blocks.get(form) ?? "";
    const script = form === "markdown" ? "" : `<script type="module" src="${site()}why403.js"></script>\n`;
    return html`<button type="button" ?disabled=${block === ""}
      @click=${() => void this.#copy(script + block, `${label} copied`)}>Copy ${label}</button>`;
  }

  async #open(): Promise<void> {
    this.said = "";
    const own = this.makeFile();
    // Stand-ins are those of one text: a later one is shared with its own names until they are replaced.
    if (own !== this.own) this.redaction = undefined;
    this.own = own;
    this.querySelector("dialog")?.showModal();
    void this.querySelector<ShortLinks>("short-links")?.ask();
    await this.#take(this.redaction);
  }

  /** Has a redaction shared, or the scenario with its own names. */
  async #take(redaction: Redaction | undefined): Promise<void> {
    this.redaction = redaction;
    this.link = "";
    this.blocks = new Map();
    const making = ++this.#making;
    const link = await this.makeLink(redaction);
    if (making !== this.#making) return;
    this.link = link;
    await this.#writeBlocks();
  }

  /** The blocks are ready before one is asked for: a browser lets a page copy only right after a press. */
  async #writeBlocks(): Promise<void> {
    const url = this.#url;
    if (url === "" || this.answers.length === 0) return;
    for (const [form] of FORMS) {
      const { block, problem } = await this.makeBlock(form, url, this.#file);
      if (url !== this.#url) return;
      if (problem !== "") this.said = problem;
      else this.blocks = new Map([...this.blocks, [form, block]]);
    }
  }

  async #copy(text: string, done: string): Promise<void> {
    this.said = (await copyText(text)) ? `${done}.` : "The browser does not allow copying here. Select the text and copy it.";
  }

  #download(): void {
    // The title is left out of the stand-ins, so the name of the file has none of it.
    downloadScenario(this.redaction ? "Redacted scenario" : this.fileTitle, this.#file);
    this.said = "Scenario file saved.";
  }
}

customElements.define("share-box", ShareBox);
