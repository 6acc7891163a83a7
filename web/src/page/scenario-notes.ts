import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { tell } from "../state/messages";
import { PageElement } from "./page-element";
import type { PageState } from "../state/page-state";
import { hasMoreLines } from "../policy/text-marks";

/** A longer title is not edited here, and only its start is shown; in UTF-16 units. */
const LONG_TITLE = 5_000;
const TITLE_START = 500;

/** So many paragraphs of the notes are drawn. */
const PARAGRAPHS = 50;

/** Longer notes are not edited here: a text box lays out every line that it has. */
const NOTE_LINES = 2_000;

const LINK = /(https:\/\/[^\s<>"]+)/;

/** The title of the scenario and its notes. Both can be edited. */
export class ScenarioNotes extends PageElement {
  static override properties = { state: { attribute: false }, shown: { state: true }, editing: { state: true } };
  declare state: PageState;
  /** True while the notes are unfolded. */
  declare shown: boolean;
  declare editing: boolean;

  constructor() {
    super();
    this.shown = false;
    this.editing = false;
  }

  protected override render(): TemplateResult {
    const { edited } = this.state;
    return html`<div class="notes">
      <div class="title-row">
        ${this.#title()} ${edited ? html`<span class="soft">(edited)</span>` : nothing}
        <button type="button" class="link" aria-expanded=${this.shown ? "true" : "false"} aria-controls=${this.shown ? "notes" : nothing}
          @click=${() => this.#toggle()}>
          ${this.#empty && !this.shown ? "Add notes" : "Notes"}
        </button>
        <button type="button" class="link" title="Empties this case. Undo takes it back."
          @click=${() => tell(this, { kind: "clear" })}>Clear</button>
      </div>
      ${this.shown ? this.#notes() : nothing}
    </div>`;
  }

  get #empty(): boolean {
    return this.state.notes.trim() === "";
  }

  // The hidden copy makes the field as large as its text, in every browser.
  #title(): TemplateResult {
    const { title } = this.state;
    if (title.length > LONG_TITLE)
      return html`<span class="title">${title.slice(0, TITLE_START)}… <span
        class="soft">(${title.length.toLocaleString("en")} characters: edit it in the file)</span></span>`;
    return html`<span class="grow title"
      ><span aria-hidden="true">${title || "Untitled"}</span
      ><textarea
        rows="1"
        aria-label="Title"
        placeholder="Untitled"
        spellcheck="false"
        .value=${live(title)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key === "Enter") event.preventDefault();
        }}
        @input=${(event: Event) => tell(this, { kind: "title", title: (event.target as HTMLTextAreaElement).value })}
      ></textarea
    ></span>`;
  }

  #notes(): TemplateResult {
    const { notes } = this.state;
    const long = hasMoreLines(notes, NOTE_LINES);
    if (!this.editing || long) {
      const paragraphs = notes.trim().split(/\n\s*\n/);
      const more = paragraphs.length - PARAGRAPHS;
      return html`<div id="notes" class="prose">
        ${paragraphs.slice(0, PARAGRAPHS).map((paragraph) => html`<p>${words(paragraph)}</p>`)}
        ${more > 0 ? html`<p>and ${more.toLocaleString("en")} more paragraphs</p>` : nothing}
        ${
          long
            ? html`<p class="hint">These notes have more than ${NOTE_LINES.toLocaleString("en")} lines: edit them in the file.</p>`
            : html`<button type="button" @click=${() => void this.#edit(true)}>Edit notes</button>`
        }
      </div>`;
    }
    return html`<div id="notes" class="prose">
      <span class="grow"
        ><span aria-hidden="true">${notes} </span
        ><textarea
          aria-label="Notes"
          placeholder="What this scenario shows, in plain text"
          .value=${live(notes)}
          @input=${(event: Event) => tell(this, { kind: "notes", notes: (event.target as HTMLTextAreaElement).value })}
        ></textarea
      ></span>
      <button type="button" @click=${() => void this.#edit(false)}>Done</button>
    </div>`;
  }

  #toggle(): void {
    this.shown = !this.shown;
    void this.#edit(this.shown && this.#empty);
  }

  async #edit(editing: boolean): Promise<void> {
    this.editing = editing;
    await this.updateComplete;
    this.querySelector<HTMLElement>(editing ? "#notes textarea" : "#notes button")?.focus();
  }
}

/** Splitting at a group puts every second part inside a link. */
function words(paragraph: string): (string | TemplateResult)[] {
  return paragraph.split(LINK).map((part, i) => (i % 2 === 1 ? html`<a href=${part} rel="noreferrer">${part}</a>` : part));
}

customElements.define("scenario-notes", ScenarioNotes);
