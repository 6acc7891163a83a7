import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Facts, Question, Results } from "../engine/contract";
import { EngineError } from "../engine/engine-client";
import { commandLine } from "../page/command-line";
import { PageElement } from "../page/page-element";
import { type Page, witnessOf } from "../state/asking";
import "./why403-copy";
import "../styles/listing.css";
import "../styles/witness.css";

type Form = "custom" | "attached";

const FORMS: readonly (readonly [Form, string])[] = [
  ["custom", "the policies on this page"],
  ["attached", "the policies that the caller has in AWS"],
];

/** AWS's own simulator: the command that asks it, what it can't judge, and a box for what it printed. */
export class WitnessBox extends PageElement {
  static override properties = {
    page: { attribute: false },
    answer: { attribute: false },
    opened: { state: true },
    form: { state: true },
    output: { state: true },
    found: { state: true },
    trouble: { state: true },
  };
  declare page: Page;
  /** The answer that the questions belong to. */
  declare answer: Facts;
  declare opened: boolean;
  declare form: Form;
  /** What the simulator printed, as it was pasted. */
  declare output: string;
  declare found: Results["witness"] | undefined;
  declare trouble: string;
  /** The output that the last answer is about. */
  #read = "";
  #asked = 0;

  constructor() {
    super();
    this.opened = false;
    this.form = "custom";
    this.output = "";
    this.trouble = "";
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("answer")) this.found = undefined;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.opened && (changed.has("opened") || changed.has("answer") || changed.has("output"))) void this.#find();
  }

  /** Of several questions only the last one's answer is taken. */
  async #find(): Promise<void> {
    const asked = ++this.#asked;
    const { output } = this;
    try {
      const found = await witnessOf(this.page, output);
      if (asked !== this.#asked) return;
      this.found = found;
      this.#read = output;
      this.trouble = "";
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (asked === this.#asked) this.trouble = error.message;
    }
  }

  protected override render(): TemplateResult {
    return html`<details class="card fold witness" .open=${this.opened}
      @toggle=${(event: Event) => (this.opened = (event.target as HTMLDetailsElement).open)}>
      <summary><h3>Ask AWS's simulator</h3></summary>
      ${this.opened ? this.#body() : nothing}
    </details>`;
  }

  #body(): TemplateResult {
    if (this.trouble !== "") return html`<p class="trouble" role="alert">${this.trouble}</p>`;
    if (!this.found) return html`<p role="status">Loading…</p>`;
    const { questions, read } = this.found;
    const some = questions.some((question) => question.cannot.length === 0);
    return html`${some ? this.#forms() : nothing} ${questions.map((question) => this.#question(question, questions.length > 1))}
    ${some ? this.#box(read) : nothing}`;
  }

  #forms(): TemplateResult {
    return html`<fieldset class="forms">
      <legend>It judges</legend>
      ${FORMS.map(
        ([form, words]) => html`<label
          ><input type="radio" name="witness-form" .checked=${this.form === form} @change=${() => (this.form = form)} /> ${words}</label
        >`,
      )}
    </fieldset>`;
  }

  #question(question: Question, several: boolean): TemplateResult {
    const { cannot, left, asked, action, resource } = question;
    const command = question[this.form];
    return html`<section class="question">
      ${several ? html`<h4>${action} on ${resource}</h4>` : nothing} ${this.#limits("It can't be asked:", cannot)}
      ${
        command === ""
          ? nothing
          : html`<pre tabindex="0" aria-label="Command for ${action}"><code>${commandLine(command)}</code></pre>
            <why403-copy label="Copy the command" .text=${() => command}></why403-copy>`
      }
      ${this.#limits("The command leaves out:", left)} ${asked === "" ? nothing : html`<p>${asked}</p>`} ${this.#verdict(question)}
    </section>`;
  }

  #limits(title: string, limits: Question["left"]): TemplateResult | typeof nothing {
    if (limits.length === 0) return nothing;
    return html`<p>${title}</p>
      <ul>
        ${limits.map(({ text, doc }) => html`<li>${text} <a href=${doc} rel="noreferrer">AWS's page</a></li>`)}
      </ul>`;
  }

  #verdict({ verdict }: Question): TemplateResult {
    return html`<div role="status">
      ${
        verdict
          ? html`<p>
                <b><span aria-hidden="true">${verdict.agrees ? "=" : "≠"} </span>${verdict.line}</b>
              </p>
              ${verdict.reasons.length === 0 ? nothing : html`<ul>${verdict.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>`}`
          : nothing
      }
    </div>`;
  }

  #box(read: boolean): TemplateResult {
    const wrong = this.#read !== "" && !read;
    return html`<label class="output"
        >What it printed
        <textarea
          rows="4"
          spellcheck="false"
          aria-invalid=${wrong}
          aria-describedby="witness-hint"
          .value=${this.output}
          @input=${(event: Event) => (this.output = (event.target as HTMLTextAreaElement).value)}
        ></textarea>
      </label>
      <p class="hint" id="witness-hint" role="status">
        ${
          wrong
            ? "There is no result of the simulator in it. Paste all that the command printed, as JSON."
            : "Paste it, and see whether it agrees. It stays on this page."
        }
      </p>`;
  }
}

customElements.define("witness-box", WitnessBox);
