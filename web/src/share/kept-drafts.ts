import { html, nothing, type TemplateResult } from "lit";
import type { Draft } from "../drafts";
import { tell } from "../messages";
import { PageElement } from "../page-element";

const WHEN = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "short" });

/** What this browser keeps of the page, and the way to make it forget. */
export class KeptDrafts extends PageElement {
  static override properties = { drafts: { attribute: false }, kept: { attribute: false }, opened: { state: true }, sure: { state: true } };
  /** Reads the drafts. They are read when the list opens: another tab may have written one. */
  declare drafts: () => readonly Draft[];
  /** False where the browser stores nothing. */
  declare kept: boolean;
  declare opened: boolean;
  declare sure: boolean;

  constructor() {
    super();
    this.opened = false;
    this.sure = false;
  }

  protected override render(): TemplateResult {
    return html`<details class="kept" @toggle=${(event: Event) => (this.opened = (event.target as HTMLDetailsElement).open)}>
      <summary>Kept in this browser</summary>
      ${this.opened ? this.#list() : nothing}
    </details>`;
  }

  #list(): TemplateResult {
    const drafts = this.drafts();
    return html`<p>
        ${this.kept
          ? "Your last five drafts, so that a reload loses nothing. They are in this browser's storage and nowhere else."
          : "This browser stores nothing for this page: the drafts are gone when it is closed."}
      </p>
      <ul>
        ${drafts.map(
          (draft) => html`<li>
            <button type="button" class="link" @click=${() => tell(this, { kind: "load", text: draft.text, title: draft.title })}>${draft.title || "Untitled"}</button>
            <span>${WHEN.format(draft.time)}</span>
          </li>`,
        )}
      </ul>
      ${drafts.length === 0 ? html`<p>No drafts.</p>` : nothing}
      <p class="row-of">
        ${this.sure
          ? html`<button type="button" class="danger" @click=${() => this.#forget()}>Yes, forget drafts, undo steps and what is on the page</button>
              <button type="button" @click=${() => (this.sure = false)}>Keep them</button>`
          : html`<button type="button" @click=${() => (this.sure = true)}>Forget everything</button>`}
      </p>`;
  }

  #forget(): void {
    this.sure = false;
    tell(this, { kind: "forget" });
    this.requestUpdate();
  }
}

customElements.define("kept-drafts", KeptDrafts);
