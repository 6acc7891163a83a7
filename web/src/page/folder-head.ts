import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { committed } from "./committed";
import { drawn, keptAs } from "./kept-as";
import type { Problem } from "../engine/contract";
import { isError } from "../engine/problem";
import type { FieldFacts } from "../engine/contract";
import { headerFields, serviceOfARN } from "../scenario/field-lists";
import { ListWindow } from "./list-window";
import { headerLines, type HeaderLine } from "../scenario/header-lines";
import { tell } from "../state/messages";
import { listChanged, PageElement } from "./page-element";
import { problemList } from "./problem-list";
import { keyField, valueField, type Edit } from "../request/context-lines";
import type { Folder } from "../scenario/section-names";
import { folderName } from "../scenario/sections";

const TAG = "tag/NAME";

/** So many lines are drawn at once. */
const LINES = 50;

/** An entity or an account: its name and the facts about it, above its policies. */
export class FolderHead extends PageElement {
  static override properties = {
    folder: { attribute: false },
    problems: { attribute: false, hasChanged: listChanged },
    adding: { state: true },
    renamed: { state: true },
    menu: { attribute: false },
    folded: { attribute: false },
    fold: { attribute: false },
  };
  declare folder: Folder;
  /** The problems of the header. */
  declare problems: readonly Problem[];
  /** Draws what else can be done with the folder. */
  declare menu: ((folder: string, word: string) => TemplateResult) | undefined;
  /** True while neither facts nor policies are shown. */
  declare folded: boolean;
  declare fold: (() => void) | undefined;
  /** True while the facts that can be added are shown. */
  declare adding: boolean;
  /** What became of a name that was typed, where that is another one; or "". */
  declare renamed: string;

  readonly #shown = new ListWindow(LINES, "lines", () => this.requestUpdate());

  /** What gets the focus once the edit that a button asked for is drawn. */
  #focusNext: (() => HTMLElement | null | undefined) | undefined;

  constructor() {
    super();
    this.problems = [];
    this.adding = false;
    this.renamed = "";
    this.folded = false;
  }

  /** Puts the focus on the field of a line of the header. */
  async showLine(line: number): Promise<void> {
    if (this.#shown.show(headerLines(this.#text).findIndex(({ at }) => at === line - 1))) await this.updateComplete;
    const field =
      this.querySelector<HTMLElement>(`[data-line="${line - 1}"] :is(.value, .value input)`) ?? this.querySelector<HTMLElement>(".name");
    field?.focus();
    field?.scrollIntoView({ block: "nearest" });
  }

  /** Puts the focus where a new folder is begun: on its name. */
  begin(): void {
    const name = this.querySelector<HTMLInputElement>(".name");
    name?.focus();
    name?.select();
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has("folder")) return;
    this.#focusNext?.()?.focus();
    this.#focusNext = undefined;
  }

  get #text(): string {
    return this.folder.header?.text ?? "";
  }

  get #word(): string {
    return this.folder.name.startsWith("account/") ? "Account" : "Entity";
  }

  get #id(): string {
    return `folder-${this.folder.name.replace(/[^\w-]/g, "_")}`;
  }

  protected override render(): TemplateResult {
    const name = folderName(this.folder.name);
    const lines = headerLines(this.#text);
    return html`<div class="head">
        <h3>
          ${
            this.fold
              ? html`<button type="button" class="fold" aria-expanded=${!this.folded} @click=${() => this.fold?.()}>
                ${this.#word}<span class="hidden"> ${name}</span>
              </button>`
              : this.#word
          }
        </h3>
        ${this.#name(name)}
        <div class="tools">
          ${
            this.menu
              ? this.menu(this.folder.name, this.#word)
              : html`<button type="button" @click=${() => tell(this, { kind: "folder-remove", folder: this.folder.name })}>Remove<span
                class="hidden"> ${this.#word} ${name} and its policies</span></button>`
          }
        </div>
      </div>
      <p class="renamed" role="status">${this.renamed}</p>
      ${this.folded ? nothing : this.#facts(lines)}`;
  }

  async #named(typed: string): Promise<void> {
    await drawn();
    this.renamed = keptAs(typed, folderName(this.folder.name));
  }

  #facts(lines: readonly HeaderLine[]): TemplateResult {
    return html`${
      lines.length === 0
        ? nothing
        : html`<div
      class="lines">${this.#shown.of(lines).map((line) => this.#line(line))} ${this.#shown.bar(lines.length)}</div>`
    }
      ${problemList(this, this.problems, { id: this.#id })} ${this.#chips(lines)}`;
  }

  #name(name: string): TemplateResult {
    const rename = (event: Event) => {
      const field = event.target as HTMLInputElement;
      tell(this, { kind: "folder-rename", folder: this.folder.name, name: field.value });
      // A name that can't be used is put back even if the state stays the same.
      this.requestUpdate();
      void this.#named(field.value);
    };
    return html`<input
      class="name"
      aria-label=${this.#word === "Account" ? "Account ID" : "Name of this entity"}
      autocomplete="off"
      spellcheck="false"
      size=${Math.max(12, Math.min(24, name.length + 1))}
      .value=${committed(name)}
      @change=${rename}
    />`;
  }

  #line({ at, key, value }: HeaderLine): TemplateResult {
    const wrong = this.problems.some((problem) => isError(problem) && problem.line === at + 1) ? this.#id : "";
    const fixed = headerFields(this.folder.name).some((field) => field.key === key);
    const line = { id: at, key, value };
    const edit: Edit = (change) => tell(this, { kind: "header-edit", folder: this.folder.name, at, change });
    return html`<div class="line" data-line=${at}>
      ${
        fixed
          ? html`<span class="code key"
        aria-hidden="true">${key}</span>`
          : keyField(line, wrong, edit)
      }${valueField(line, wrong, edit)}<span class="line-tools">
        ${
          key === "arn"
            ? nothing
            : html`<button type="button" class="quiet remove" aria-label="Remove ${key}"
          @click=${() => tell(this, { kind: "header-remove", folder: this.folder.name, at, key })}>✕</button>`
        }
      </span>
    </div>`;
  }

  #chips(lines: readonly HeaderLine[]): TemplateResult {
    const entity = this.#word === "Entity";
    const service = serviceOfARN(lines.find(({ key }) => key === "arn")?.value ?? "");
    const fits = (field: FieldFacts) =>
      (field.several || !lines.some(({ key }) => key === field.key)) &&
      (field.service === "" || service === "" || field.service === service);
    const add = ({ key, values, any }: FieldFacts) => this.#add(key, any ? "" : (values[0] ?? ""));
    const facts = html`${headerFields(this.folder.name)
      .filter(fits)
      .map((field) => html`<button type="button" class="chip" @click=${() => add(field)}>${field.key}</button>`)}
    ${entity ? html`<button type="button" class="chip" @click=${() => this.#add(TAG, "")}>tag</button>` : nothing}`;
    return html`<div class="chips" role="group" aria-label="Facts">
      <button type="button" class="chip" aria-expanded=${this.adding}
        @click=${() => (this.adding = !this.adding)}>${this.adding ? "− Fact" : "+ Fact"}</button>
      ${this.adding ? facts : nothing}
    </div>`;
  }

  #add(key: string, value: string): void {
    this.#focusNext = () => [...this.querySelectorAll<HTMLElement>(key === TAG ? "input.key" : ":is(.value, .value input)")].at(-1);
    this.adding = false;
    tell(this, { kind: "header-add", folder: this.folder.name, key, value });
  }
}

customElements.define("folder-head", FolderHead);
