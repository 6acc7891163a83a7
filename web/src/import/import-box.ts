import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Imported } from "../engine/contract";
import { humanSize } from "../state/guards";
import { closeOutside } from "../page/dialog";
import { onModEnter } from "../page/mod-enter";
import { PageMessage, tell } from "../state/messages";
import { PageElement } from "../page/page-element";
import { problemList } from "../page/problem-list";
import { copyText } from "../share/copy";
import { WHY } from "./choice-list";
import { facts, recognised } from "./recognised";
import { nextSteps } from "./next-steps";
import { chosen, dropped } from "./dropped";
import { LIMITS, mebibytes } from "../scenario/section-lists";
import type { ReadText } from "./read-file";
import { UNFETCHED } from "../state/unfetched";

/** A longer text is not shown in the box: a browser takes seconds to draw it. */
const SHOWN = 1024 * 1024;

/** How long a person must stop typing before the engine is asked. */
const PAUSE_MS = 150;

/** Makes a scenario of what AWS gave a person: an error, an event, what the AWS CLI printed. */
export class ImportBox extends PageElement {
  static override properties = {
    result: { attribute: false },
    busy: { attribute: false },
    nobodys: { attribute: false },
    into: { attribute: false },
    fresh: { state: true },
    opened: { state: true },
    text: { state: true },
    choice: { state: true },
    earlier: { state: true },
    waiting: { state: true },
    applied: { state: true },
    said: { state: true },
  };
  /** What the engine made of the text; undefined while it reads. */
  declare result: Imported | undefined;
  declare busy: boolean;
  /** True where nothing on the page is the person's own. */
  declare nobodys: boolean;
  /** The title of what stands on the page. */
  declare into: string;
  /** True where a person wants a scenario of its own in place of more for theirs. */
  declare fresh: boolean;
  declare opened: boolean;
  /** What stands in the box. It stays there until it is used. */
  declare text: string;
  declare choice: string;
  /** What stood there before it was used or replaced. */
  declare earlier: string;
  /** True until the engine has answered about this text. */
  declare waiting: boolean;
  /** What was used last. */
  declare applied: Imported | undefined;
  /** What the person filled in for the text. */
  #values: Record<string, string> = {};
  /** The name of the file that the text came from, or "". */
  #name = "";
  /** What was done last, or what went wrong, which screen readers announce. */
  declare said: string;
  #shown: Imported | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.busy = false;
    this.nobodys = true;
    this.into = "";
    this.fresh = false;
    this.opened = false;
    this.text = "";
    this.choice = "";
    this.earlier = "";
    this.waiting = false;
    this.said = "";
    // The places of these problems are in the box, not on the page.
    this.addEventListener(PageMessage.type, (event) => {
      const { message } = event as PageMessage;
      if (message.kind !== "show-place") return;
      event.stopPropagation();
      this.#select(message.start, message.end);
    });
  }

  /** Opens the box with a text that was pasted elsewhere. */
  async openWith(text: string): Promise<void> {
    await this.#open();
    this.#put(text, true);
  }

  /** Opens the box with files that were dropped elsewhere. */
  async openWithFiles(read: Promise<ReadText>): Promise<void> {
    await this.#open();
    this.#take(await read);
  }

  protected override willUpdate(changed: PropertyValues): void {
    // The old result stays in view while the next one is made.
    if (changed.has("result") && this.result) {
      this.#shown = this.result;
      this.waiting = false;
      // Few texts leave something to fill.
      if (this.result.fields.length > 0) void import("./field-list").catch(() => (this.said = UNFETCHED));
    } else if (changed.get("busy") === true && !this.busy && this.waiting) {
      this.#shown = undefined;
      this.waiting = false;
      this.said = "The engine could not read this. The page says why.";
    }
  }

  protected override render(): TemplateResult {
    return html`<button type="button" class="link" aria-haspopup="dialog" @click=${() => void this.#open()}>Import<span
      class="wide"> an error</span></button>
      <dialog
        class="box import"
        aria-labelledby="import-title"
        @close=${() => this.#closed()}
        @click=${closeOutside}
        @dragover=${(event: DragEvent) => event.preventDefault()}
        @drop=${(event: DragEvent) => this.#drop(event)}
      >
        ${this.opened ? this.#content() : nothing}
      </dialog>`;
  }

  #content(): TemplateResult {
    return html`<form method="dialog" class="box-head">
        <h2 id="import-title">Import</h2>
        <button class="quiet" aria-label="Close">✕</button>
      </form>
      ${
        this.applied
          ? html`<div
        class="applied"><div><b>✓ On the page now.</b> Undo takes it back.</div>${nextSteps(
          this.applied.next,
          (command) => void this.#copy(command),
        )}</div>`
          : nothing
      }
      ${this.#box()}
      <div role="status" class="import-state">${this.said || this.#state()}</div>
      ${
        this.waiting || this.busy
          ? html`<div class="row-of import-wait"><progress aria-label="Reading"></progress><button type="button"
            @click=${() => this.#cancel()}>Cancel</button></div>`
          : nothing
      }
      ${this.text !== "" && this.#shown ? this.#result(this.#shown) : this.applied ? nothing : recognised()}
      ${this.#buttons()}`;
  }

  #box(): TemplateResult {
    return html`<label
        ><span class="label">${this.applied ? "Paste the next part" : "Paste what AWS gave you"}</span>
        <textarea
          class="code"
          rows="7"
          autofocus
          spellcheck="false"
          autocomplete="off"
          autocapitalize="off"
          .value=${live(this.#long ? "" : this.text)}
          placeholder=${this.#long ? `${this.#name || "This text"} is ${humanSize(this.text.length)}, and is not shown here` : ""}
          @paste=${(event: ClipboardEvent) => this.#pastedLong(event)}
          @input=${(event: Event) => this.#put((event.target as HTMLTextAreaElement).value, false)}
          @keydown=${onModEnter(() => this.querySelector<HTMLElement>(".import-buttons .main")?.click())}
        ></textarea>
      </label>
      <div class="row-of">
        <button type="button" @click=${() => this.querySelector<HTMLInputElement>("input[type=file]")?.click()}>Open files</button>
        <input type="file" multiple hidden aria-label="File to import"
          @change=${(event: Event) => void this.#openFile(event.target as HTMLInputElement)} />
        ${
          this.earlier !== "" && this.earlier !== this.text
            ? html`<button type="button" @click=${() => this.#put(this.earlier, true)}>Put the earlier text back</button>`
            : nothing
        }
        <span class="hint">Or drop files or a folder. They do not leave this browser.</span>
      </div>`;
  }

  #state(): string {
    if (this.text === "") return "";
    if (this.waiting || this.busy) return "Reading…";
    const kind = this.#shown?.kind ?? "";
    return kind === "" ? "" : `Recognised as: ${kind}`;
  }

  #result({ text, understood, unknown, choices, chosen, why, fields, problems, next }: Imported): TemplateResult {
    return html`<div class="result ${this.waiting || this.busy ? "old" : ""}">
      ${
        choices.length > 0
          ? html`<choice-list .choices=${choices} .value=${this.choice || chosen} .why=${why}
            @choose=${(event: CustomEvent<string>) => this.#choose(event.detail)}></choice-list>`
          : nothing
      }
      ${
        fields.length > 0
          ? html`<field-list .fields=${fields}
            @fill=${(event: CustomEvent<{ name: string; value: string }>) => this.#fill(event.detail)}></field-list>`
          : nothing
      }
      ${problems.length > 0 ? problemList(this, problems, {}) : nothing}
      <div class="facts-of">${facts("Understood", "✓", understood)} ${facts("Not in what was pasted", "?", unknown)}</div>
      ${text === "" ? nextSteps(next, (command) => void this.#copy(command), "Next") : nothing}
    </div>`;
  }

  #buttons(): TemplateResult {
    const read = this.text !== "" && !this.waiting && !this.busy;
    const ready = read && (this.#shown?.text ?? "") !== "";
    const open = read && !ready && (this.#shown?.why ?? "") !== "";
    return html`<div class="row-of import-buttons">
      ${this.text === "" ? nothing : this.#where(ready)}
      ${
        this.applied && this.text === ""
          ? nothing
          : html`<button type="button" class="main" ?disabled=${!ready}
        aria-describedby=${open ? WHY : nothing} @click=${() => void this.#use()}>Use it</button>`
      }
      ${
        this.applied
          ? html`<button type="button" class=${this.text === "" ? "main" : ""} @click=${() => this.#dialog?.close()}>Done</button>`
          : nothing
      }
    </div>`;
  }

  #where(ready: boolean): TemplateResult {
    // Of what can't be used there is nothing to say.
    if (this.nobodys) return html`<span class="hint where">${ready ? "It starts a scenario of its own." : ""}</span>`;
    return html`<label class="where"
      ><input type="checkbox" .checked=${live(this.fresh)}
        @change=${(event: Event) => this.#start((event.target as HTMLInputElement).checked)} />
      Start a new scenario, in place of adding to “${this.into || "Untitled"}”</label
    >`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  get #area(): HTMLTextAreaElement | null {
    return this.querySelector("textarea");
  }

  async #open(): Promise<void> {
    tell(this, { kind: "import-open" });
    this.said = "";
    this.opened = true;
    await this.updateComplete;
    if (!this.#dialog?.open) this.#dialog?.showModal();
    // It may just have been told of the closing before.
    this.opened = true;
  }

  /** Takes a text into the box and asks about it: at once if it came whole, else after a pause. */
  #put(text: string, whole: boolean): void {
    if (whole && this.text !== "" && this.text !== text) this.earlier = this.text;
    this.text = text;
    this.choice = "";
    this.#values = {};
    this.said =
      text.length > LIMITS.import
        ? `This is ${humanSize(text.length)}; at most ${mebibytes(LIMITS.import)} is read. Paste the one event or policy that matters.`
        : "";
    clearTimeout(this.#timer);
    if (text === "" || this.said !== "") this.#shown = undefined;
    const asked = this.said === "" ? text : "";
    this.waiting = asked !== "";
    this.#timer = setTimeout(() => this.#ask(asked), whole ? 0 : PAUSE_MS);
  }

  #ask(text: string): void {
    tell(this, { kind: "import-paste", text, choice: this.choice, values: this.#values, clean: this.#clean });
  }

  #fill({ name, value }: { name: string; value: string }): void {
    this.#values = { ...this.#values, [name]: value };
    this.waiting = true;
    this.#ask(this.text);
  }

  #cancel(): void {
    clearTimeout(this.#timer);
    this.waiting = false;
    this.#shown = undefined;
    tell(this, { kind: "import-cancel" });
    this.said = "Cancelled. The text stays in the box.";
  }

  get #long(): boolean {
    return this.text.length > SHOWN;
  }

  #pastedLong(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.length <= SHOWN) return;
    event.preventDefault();
    this.#name = "";
    this.#put(text, true);
  }

  #choose(id: string): void {
    this.choice = id;
    this.waiting = true;
    this.#ask(this.text);
  }

  async #use(): Promise<void> {
    tell(this, { kind: "import-apply", clean: this.#clean });
    this.fresh = false;
    this.applied = this.#shown;
    this.earlier = this.text;
    this.#put("", false);
    await this.updateComplete;
    this.#area?.focus();
  }

  // However the box is closed: what was brought has changed the answer.
  #closed(): void {
    // The browser tells of it late: by then the box can be open again.
    if (this.#dialog?.open) return;
    this.opened = false;
    if (!this.applied) return;
    this.applied = undefined;
    document.querySelector<HTMLElement>("#answer")?.focus();
  }

  /** True where what is brought is not added to what stands on the page. */
  get #clean(): boolean {
    return this.nobodys || this.fresh;
  }

  #start(fresh: boolean): void {
    this.fresh = fresh;
    this.waiting = this.text !== "";
    this.#ask(this.text);
  }

  async #copy(command: string): Promise<void> {
    this.said = (await copyText(command)) ? "Command copied." : "The browser does not allow copying here. Select the command and copy it.";
  }

  #drop(event: DragEvent): void {
    // A text that is dropped goes into the box by itself.
    if (!event.dataTransfer || event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    void dropped(event.dataTransfer).then((read) => this.#take(read));
  }

  async #openFile(input: HTMLInputElement): Promise<void> {
    if (input.files && input.files.length > 0) this.#take(await chosen(input.files));
    // Choosing the same file again must be a change again.
    input.value = "";
  }

  #take(read: ReadText): void {
    if ("trouble" in read) {
      this.said = read.trouble;
      return;
    }
    this.#name = read.name;
    this.#put(read.text, true);
  }

  /** Selects a place of the text. Chromium scrolls to it only as the field gets the focus. */
  #select(start: number, end: number): void {
    const area = this.#area;
    area?.blur();
    area?.setSelectionRange(start, end);
    area?.focus();
  }
}

customElements.define("import-box", ImportBox);
