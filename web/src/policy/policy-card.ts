import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Problem, Said, StatementRow } from "../engine/contract";
import { isError } from "../engine/problem";
import type { Caret } from "../editor/caret";
import { HintSearch } from "../editor/hint-search";
import type { PolicyEditor } from "../editor/policy-editor";
import { isOneLongLine } from "../scenario/one-line";
import { tell } from "../state/messages";
import { wordView } from "../page/outcome-view";
import { committed } from "../page/committed";
import { drawn, keptAs } from "../page/kept-as";
import { listChanged, PageElement } from "../page/page-element";
import type { Section } from "../state/page-state";
import { problemList } from "../page/problem-list";
import { isPresent } from "../scenario/scenario-text";
import { editableName, folderName, kindOf, placed } from "../scenario/sections";
import { hasMoreLines, isMarked, markedLines } from "./text-marks";

/** A text box lays out every line that it has. A longer text waits for the editor, or to be asked for. */
const BOX_LINES = 5_000;

/** A card is drawn whole when it comes this near to what is in view. */
const NEAR = "600px";

/** About how many lines a text takes: what is not drawn yet is nearly as high as it will be. */
const guessedRows = ({ length }: string): number => Math.min(24, 2 + (length >> 5));

/** One policy: its name, what it said, its text and its problems. */
export class PolicyCard extends PageElement {
  static override properties = {
    section: { attribute: false },
    label: { attribute: false },
    said: { attribute: false },
    rows: { attribute: false, hasChanged: listChanged },
    problems: { attribute: false, hasChanged: listChanged },
    stale: { attribute: false },
    moved: { attribute: false },
    removable: { attribute: false },
    menu: { attribute: false },
    marks: { attribute: false },
    layer: { attribute: false },
    brief: { attribute: false },
    plain: { attribute: false },
    service: { attribute: false },
    near: { state: true },
    asked: { state: true },
    folded: { state: true },
    renamed: { state: true },
  };
  declare section: Section;
  declare label: string;
  declare said: Said | undefined;
  declare rows: readonly StatementRow[];
  declare problems: readonly Problem[];
  declare stale: boolean;
  /** True if the text is no longer the one that the rows belong to. */
  declare moved: boolean;
  declare removable: boolean;
  /** Draws what else can be done with the card; without it there are buttons. */
  declare menu: ((section: Section, label: string, removable: boolean) => TemplateResult) | undefined;
  /** For which checks of a call the policy counts; the one that is shown is marked. */
  declare marks: TemplateResult | typeof nothing | undefined;
  /** Says of an empty card whether there is such a policy, and switches it. */
  declare layer: TemplateResult | undefined;
  /** True where there is little room: the card begins as one line. */
  declare brief: boolean;
  /** True if a person prefers the plain text box to the editor. */
  declare plain: boolean;
  /** The prefix of the request's action, such as kms. */
  declare service: string;
  /** True once the card came into view. Until then its text is drawn without editor and facts. */
  declare near: boolean;
  /** True once a person asked for a text box although the text is long. */
  declare asked: boolean;
  /** True while only the head is shown. */
  declare folded: boolean;
  /** What became of a name that was typed, where that is another one; or "". */
  declare renamed: string;

  readonly #hints = new HintSearch(() => this.requestUpdate());
  /** Where the caret stood in the text area that the editor replaces. */
  #caret: Caret | undefined;
  /** What was typed into the text area and is not drawn by the page yet. */
  #typed: string | undefined;
  #composing = false;

  constructor() {
    super();
    this.near = false;
    this.asked = false;
    this.folded = false;
    this.brief = false;
    this.renamed = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (!this.near) this.#watch();
    addEventListener("beforeprint", this.#print);
    void customElements.whenDefined("policy-editor").then(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("beforeprint", this.#print);
  }

  /** On paper all texts are in view. What is folded is so again behind it. */
  readonly #print = () => {
    if (this.folded) addEventListener("afterprint", () => (this.folded = true), { once: true });
    this.#unfold();
  };

  /** Puts the focus where the text is typed. */
  async edit(): Promise<void> {
    this.#unfold();
    await this.updateComplete;
    this.querySelector<HTMLElement>("policy-editor, textarea")?.focus();
  }

  #unfold(): void {
    this.folded = false;
    this.near = true;
  }

  #watch(): void {
    const watcher = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && come(), { rootMargin: NEAR });
    const come = () => {
      watcher.disconnect();
      this.near = true;
    };
    watcher.observe(this);
  }

  /** Selects a range of the text and brings it into view. */
  async showRange(start: number, end: number): Promise<void> {
    this.#unfold();
    await this.updateComplete;
    const editor = this.querySelector<PolicyEditor>("policy-editor");
    if (editor) return void editor.showRange(start, end);
    const area = this.querySelector("textarea");
    if (!area) return;
    area.focus({ preventScroll: true });
    area.setSelectionRange(start, Math.max(end, start));
    const line = this.section.text.slice(0, start).split("\n").length - 1;
    const drawn = this.querySelectorAll(".backdrop > span")[line];
    if (drawn) drawn.scrollIntoView({ block: "center" });
    else area.scrollIntoView({ block: "nearest" });
  }

  // Input methods lose what they compose when their field goes away.
  get #showsEditor(): boolean {
    const free = !this.#composing && this.#typed === undefined;
    return this.near && !this.plain && !this.#isMessage && free && customElements.get("policy-editor") !== undefined;
  }

  /** AWS's message is text, and no policy. */
  get #isMessage(): boolean {
    return kindOf(this.section).type === "error";
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("section")) this.#typed = undefined;
    if (!this.hasUpdated) this.folded ||= this.brief;
    if (this.near) this.#hints.look(this.section);
    const area = this.querySelector("textarea");
    this.#caret =
      area && area === document.activeElement && this.#showsEditor
        ? { start: area.selectionStart, end: area.selectionEnd, scrolled: area.parentElement?.scrollTop ?? 0 }
        : undefined;
  }

  protected override updated(): void {
    if (this.#caret) void this.querySelector<PolicyEditor>("policy-editor")?.takeOver(this.#caret);
  }

  protected override render(): TemplateResult {
    const { id } = this.section;
    const { label } = this;
    const name = editableName(this.section);
    const listId = `problems-${id}`;
    const broken = this.problems.some(isError);
    return html`<section class="card policy ${broken ? "broken" : ""} ${this.folded ? "folded" : ""}" aria-labelledby="title-${id}">
      <div class="head">
        <h3 id="title-${id}">
          <button type="button" class="fold" aria-expanded=${!this.folded} @click=${() => (this.folded = !this.folded)}>
            ${label}<span class="hidden"> ${name}${this.#of}</span>
          </button>
        </h3>
        ${name === "" ? nothing : this.#nameField(name, label)} ${this.#status()}
        ${this.marks ?? nothing}
        <div class="tools">
          ${
            this.menu || this.#isMessage
              ? nothing
              : html`<button type="button" ?disabled=${!isPresent(this.section)} @click=${() => tell(this, { kind: "section-format", id })}>
                Format<span class="hidden"> ${label} ${name}</span>
              </button>`
          }
          ${
            this.menu
              ? this.menu(this.section, label, this.removable)
              : this.removable
                ? html`<button type="button" @click=${() => tell(this, { kind: "section-remove", id })}>
                Remove<span class="hidden"> ${label} ${name}</span>
              </button>`
                : nothing
          }
        </div>
      </div>
      ${name === "" ? nothing : html`<p class="renamed" role="status">${this.renamed}</p>`}
      ${
        this.folded
          ? nothing
          : this.#showsEditor
            ? this.#editor(label, name)
            : this.#tooLong
              ? this.#longText()
              : this.#plainBox(label, name, listId)
      }
      ${problemList(this, this.problems, { id: listId, hints: this.#hints.found })}
    </section>`;
  }

  get #of(): string {
    const { folder } = placed(this.section.name);
    return folder === "" ? "" : ` of ${folderName(folder)}`;
  }

  #nameField(name: string, label: string): TemplateResult {
    return html`<input
      class="name"
      aria-label="Name of this ${label}"
      autocomplete="off"
      spellcheck="false"
      size=${Math.max(6, Math.min(24, name.length + 1))}
      .value=${committed(name)}
      @change=${(event: Event) => {
        const field = event.target as HTMLInputElement;
        tell(this, { kind: "section-rename", id: this.section.id, name: field.value });
        // A name that can't be used is put back even if the state stays the same.
        this.requestUpdate();
        void this.#named(field.value);
      }}
    />`;
  }

  async #named(typed: string): Promise<void> {
    await drawn();
    this.renamed = keptAs(typed, editableName(this.section));
  }

  #status(): TemplateResult {
    const errors = this.problems.filter(isError).length;
    if (errors > 0) return html`<span class="status"><b class="deny">! ${errors === 1 ? "1 problem" : `${errors} problems`}</b></span>`;
    if (!isPresent(this.section))
      return html`<span class="status">${
        this.layer ?? (this.said?.said === "not known" ? html`<b class="unsure">? not known</b>` : "none")
      }</span>`;
    if (!this.said && this.rows.length === 0) return html`<span class="status"></span>`;
    const matched = this.rows.filter((row) => row.matched).length;
    const unsure = this.rows.filter((row) => row.open).length;
    const unit = kindOf(this.section).type === "grant" ? "grant" : "statement";
    const count =
      this.rows.length === 0
        ? ""
        : `${matched} of ${this.rows.length} ${unit}${this.rows.length === 1 ? "" : "s"} matched` +
          (unsure === 0 ? "" : `, ${unsure} not known`);
    const view = this.said ? wordView(this.said.said) : undefined;
    return html`<span class="status ${this.stale ? "old" : ""}">
      ${
        this.said && view
          ? html`<b
        class=${this.said.said === "silent" && this.said.decided ? "silent" : view.tone}>${view.glyph} ${
          this.said.said === "not known" && unsure === 0 ? "others not known" : this.said.said
        }</b>`
          : nothing
      }
      ${count === "" ? nothing : html`<span>${count}</span>`}
    </span>`;
  }

  #editor(label: string, name: string): TemplateResult {
    return html`<policy-editor
      .section=${this.section}
      .label="${label} ${name} (JSON)"
      .hintText=${this.#placeholder()}
      .rows=${this.rows}
      .problems=${this.problems}
      .hints=${this.#hints.found}
      .stale=${this.stale}
      .moved=${this.moved}
      .service=${this.service}
    ></policy-editor>`;
  }

  get #tooLong(): boolean {
    return !this.asked && hasMoreLines(this.section.text, BOX_LINES);
  }

  #longText(): TemplateResult {
    return html`<p class="hint long">
      This text has more than ${BOX_LINES.toLocaleString("en")} lines.
      <button type="button" @click=${() => (this.asked = true)}>Show it in a plain text box</button>
    </p>`;
  }

  #plainBox(label: string, name: string, listId: string): TemplateResult {
    const { text } = this.section;
    const marks = this.near && isMarked(text);
    // While one types, the old marks stay for the moment until the answer comes.
    // A stale answer may stay for long, and would mark the wrong places.
    const lines = marks ? markedLines(text, this.stale && this.moved ? [] : this.rows, this.problems) : [];
    return html`<div class="editor ${marks ? "" : "plain"}">
      ${
        marks
          ? html`<div class="backdrop" aria-hidden="true">${lines.map(
              (line) =>
                html`<span class=${line.marks}>${line.pieces.map((piece) =>
                  piece.marks === "" ? piece.text : html`<i class=${piece.marks}>${piece.text}</i>`,
                )}</span>`,
            )}</div>`
          : nothing
      }
      <textarea
        rows=${guessedRows(text)}
        aria-label=${this.#isMessage ? label : `${label} ${name} (JSON)`}
        aria-describedby=${this.problems.length > 0 ? listId : nothing}
        aria-invalid=${this.problems.some(isError) ? "true" : nothing}
        placeholder=${this.#placeholder()}
        spellcheck="false"
        autocomplete="off"
        autocapitalize="off"
        .value=${live(this.#typed ?? text)}
        @compositionstart=${() => this.#compose(true)}
        @compositionend=${() => this.#compose(false)}
        @paste=${(event: ClipboardEvent) => this.#pasted(event)}
        @input=${(event: Event) => this.#type((event.target as HTMLTextAreaElement).value)}
      ></textarea>
    </div>`;
  }

  #type(text: string): void {
    this.#typed = text;
    tell(this, { kind: "section-text", id: this.section.id, text });
  }

  /** As in the editor: what is pasted over the whole text in one long line is laid out. */
  #pasted(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const { value, selectionStart, selectionEnd } = event.target as HTMLTextAreaElement;
    if (this.#isMessage || selectionEnd - selectionStart < value.length || !isOneLongLine(text)) return;
    event.preventDefault();
    tell(this, { kind: "section-replace", id: this.section.id, text, file: "" });
  }

  #compose(composing: boolean): void {
    this.#composing = composing;
    if (!composing) this.requestUpdate();
  }

  #placeholder(): string {
    switch (kindOf(this.section).type) {
      case "error":
        return "Paste the error as AWS printed it";
      case "grant":
        return "Paste what aws kms list-grants prints";
      case "resource":
        return `Paste the ${this.label.toLowerCase()}`;
      default:
        return "Paste the policy";
    }
  }
}

customElements.define("policy-card", PolicyCard);
