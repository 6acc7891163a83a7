import { html, nothing, type TemplateResult } from "lit";
import type { Command } from "../engine/contract";
import { PageElement } from "../page/page-element";
import { tell } from "../state/messages";
import { commandTools } from "../answer/command-tools";
import { onModEnter } from "../page/mod-enter";

/** Where a person wants to begin. */
type Way = "question" | "example" | "hand";

const WAYS: readonly { way: Way; title: string; about: string }[] = [
  { way: "question", title: "Start from a question", about: "Who asks, to do what, on what" },
  { way: "example", title: "Open an example", about: "Find one like your case, and change it" },
  { way: "hand", title: "Write a scenario by hand", about: "Empty cards for the policies" },
];

/** What a person begins with; later, a slim bar for the next thing to paste. */
export class StartBox extends PageElement {
  static override properties = { welcome: { attribute: false }, next: { attribute: false }, typed: { state: true } };
  /** True until something was brought, opened or begun. */
  declare welcome: boolean;
  /** What to fetch next, where that is known. */
  declare next: Command | undefined;
  /** What stands in the field. */
  declare typed: string;

  constructor() {
    super();
    this.welcome = false;
    this.typed = "";
  }

  protected override render(): TemplateResult {
    return this.welcome ? this.#whole() : this.#slim();
  }

  #whole(): TemplateResult {
    return html`<section class="start" aria-labelledby="start-title">
        <h2 id="start-title"><label for="start-text">Paste the error, a policy, or anything AWS printed</label></h2>
        <div class="begin">
          <div class="drop">${this.#field(4, "User: arn:aws:… is not authorized to perform: …")}
            <p class="hint">Or drop files anywhere on the page. Nothing you bring leaves this browser.</p>
          </div>
          <ul class="ways-to-begin" aria-label="Other ways to begin">
            ${WAYS.map(
              ({ way, title, about }) => html`<li><button type="button"
              @click=${() => this.#begin(way)}><b>${title}</b><span>${about}</span></button></li>`,
            )}
          </ul>
        </div>
      </section>
      <p class="label worked">A worked answer to look at</p>`;
  }

  #slim(): TemplateResult {
    return html`<section class="start slim" aria-label="Paste the next thing">
      <div class="drop"><label class="hidden" for="start-text">Paste the next thing</label>${this.#field(1, "Paste the next thing")}</div>
      ${this.next ? this.#next(this.next) : nothing}
    </section>`;
  }

  #next(next: Command): TemplateResult {
    const { text, line } = next;
    return html`<div class="next-command">
      <span id="next-command">Next: ${text}</span>
      ${line === "" ? nothing : html`<code title=${line}>${line}</code>`}
      ${commandTools(this, next, "next-command")}
    </div>`;
  }

  // A paste is read at once. What is typed waits for the button.
  #field(rows: number, placeholder: string): TemplateResult {
    return html`<textarea
        id="start-text"
        class="code"
        rows=${rows}
        spellcheck="false"
        autocomplete="off"
        autocapitalize="off"
        placeholder=${placeholder}
        .value=${this.typed}
        @paste=${(event: ClipboardEvent) => this.#pasted(event)}
        @input=${(event: Event) => (this.typed = (event.target as HTMLTextAreaElement).value)}
        @keydown=${onModEnter(() => this.typed.trim() !== "" && this.#read(this.typed))}
      ></textarea>
      ${
        this.typed.trim() === ""
          ? nothing
          : html`<button type="button" class="main" @click=${() => this.#read(this.typed)}>Read it</button>`
      }`;
  }

  #pasted(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.trim() === "" || this.typed.trim() !== "") return;
    event.preventDefault();
    this.#read(text);
  }

  #read(text: string): void {
    this.typed = "";
    tell(this, { kind: "bring", text });
  }

  #begin(way: Way): void {
    if (way === "example") tell(this, { kind: "browse" });
    else tell(this, { kind: "new", at: way });
  }
}

customElements.define("start-box", StartBox);
