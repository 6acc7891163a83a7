import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Draft, Keeping } from "../state/drafts";
import { tell } from "../state/messages";
import { PageElement } from "../page/page-element";
import { downloadScenario } from "./download";

const WHEN = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** So many are listed before a person asks for more. */
const WINDOW = 10;

const WHERE: Record<Keeping, string> = {
  kept: "Your drafts, so that a reload loses nothing. They are in this browser's storage and nowhere else.",
  full:
    "This browser has no room for more. What you typed last is gone when this page is closed, " +
    "unless you download it or forget something older.",
  blocked: "This browser stores nothing for this page: the drafts are gone when it is closed.",
};

/** What this browser keeps of the page, and the way to make it forget. */
export class KeptDrafts extends PageElement {
  static override properties = {
    drafts: { attribute: false },
    keeping: { attribute: false },
    opened: { state: true },
    shown: { state: true },
    sure: { state: true },
  };
  /** Reads the drafts. They are read when the list opens: another tab may have written one. */
  declare drafts: () => readonly Draft[];
  declare keeping: Keeping;
  declare opened: boolean;
  /** How many drafts are listed. */
  declare shown: number;
  declare sure: boolean;

  constructor() {
    super();
    this.opened = false;
    this.shown = WINDOW;
    this.sure = false;
  }

  protected override render(): TemplateResult {
    return html`<details class="kept" .open=${this.opened}
      @toggle=${(event: Event) => (this.opened = (event.target as HTMLDetailsElement).open)}>
      <summary>Kept in this browser</summary>
      ${this.opened ? this.#list() : nothing}
    </details>`;
  }

  /** Opens the list and brings it into view. */
  async show(): Promise<void> {
    this.opened = true;
    await this.updateComplete;
    this.querySelector("summary")?.focus();
  }

  #list(): TemplateResult {
    const drafts = this.drafts();
    const more = drafts.length - this.shown;
    return html`<p>${WHERE[this.keeping]}</p>
      <ul>
        ${repeat(
          drafts.slice(0, this.shown),
          ({ id }) => id,
          (draft) => this.#draft(draft),
        )}
      </ul>
      ${drafts.length === 0 ? html`<p>No drafts.</p>` : nothing}
      ${
        more > 0
          ? html`<p><button type="button"
        @click=${() => (this.shown += WINDOW)}>Show more, of ${more} older drafts</button></p>`
          : nothing
      }
      <p class="row-of">
        ${
          this.sure
            ? html`<button type="button" class="danger"
            @click=${() => this.#forgetAll()}>Yes, forget drafts, undo steps and what is on the page</button>
              <button type="button" @click=${() => (this.sure = false)}>Keep them</button>`
            : html`<button type="button" @click=${() => (this.sure = true)}>Forget everything</button>`
        }
      </p>`;
  }

  #draft({ id, title, text, time, told, answers }: Draft): TemplateResult {
    const name = title || "Untitled";
    return html`<li>
      <button type="button" class="link" @click=${() => tell(this, { kind: "load", text, title, told, answers })}>${name}</button>
      <span>${WHEN.format(time)}</span>
      <button type="button" class="link" @click=${() => downloadScenario(title, text)}>Download<span class="hidden"> ${name}</span></button>
      <button type="button" class="link" @click=${() => this.#forget(id)}>Forget<span class="hidden"> ${name}</span></button>
    </li>`;
  }

  #forget(id: string): void {
    tell(this, { kind: "forget-draft", id });
    this.requestUpdate();
  }

  #forgetAll(): void {
    this.sure = false;
    tell(this, { kind: "forget" });
    this.requestUpdate();
  }
}

customElements.define("kept-drafts", KeptDrafts);
