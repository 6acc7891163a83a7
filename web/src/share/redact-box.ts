import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Redaction } from "../engine/contract";
import { EngineError } from "../engine/engine-client";
import { ListWindow } from "../page/list-window";
import { PageElement } from "../page/page-element";
import { type Page, redactionOf } from "../state/asking";
import { tell } from "../state/messages";
import "../styles/listing.css";
import "../styles/redact.css";

/** So many names are drawn at once. */
const ROWS = 100;

/** A number of things, with the noun in its right form. */
function count(n: number, noun: string): string {
  return `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
}

/** Replaces the names in the scenario by stand-ins, shows what was replaced and what proves that its answers stay. */
export class RedactBox extends PageElement {
  static override properties = {
    page: { attribute: false },
    text: { attribute: false },
    taken: { attribute: false },
    take: { attribute: false },
    busy: { state: true },
    found: { state: true },
    failed: { state: true },
    trouble: { state: true },
  };
  declare page: Page;
  /** The scenario file with its own names. */
  declare text: string;
  /** What is shared in its place, if anything. */
  declare taken: Redaction | undefined;
  /** Says what is shared: a redaction, or the scenario with its own names. */
  declare take: (redaction: Redaction | undefined) => void;
  declare busy: boolean;
  declare found: Redaction | undefined;
  /** The services whose facts could not be fetched. */
  declare failed: readonly string[];
  declare trouble: string;
  #asked = 0;
  readonly #shown = new ListWindow(ROWS, "names", () => this.requestUpdate());

  constructor() {
    super();
    this.busy = false;
    this.failed = [];
    this.trouble = "";
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("text")) return;
    this.#asked++;
    this.busy = false;
    this.found = undefined;
    this.trouble = "";
  }

  /** Of several questions only the last one's answer is taken. */
  async #replace(): Promise<void> {
    const asked = ++this.#asked;
    this.busy = true;
    this.trouble = "";
    try {
      const { result, failed } = await redactionOf(this.page, this.text);
      if (asked !== this.#asked) return;
      this.found = result;
      this.failed = failed;
      // Who asked for stand-ins would not expect their own names in the link.
      if (result.text !== "" && result.replaced.length > 0) this.take(result);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (asked !== this.#asked) return;
      this.trouble = error.message;
    }
    this.busy = false;
  }

  protected override render(): TemplateResult {
    return html`<p class="row-of">
        <button type="button" ?disabled=${this.busy || this.found !== undefined} @click=${() => void this.#replace()}>Replace names</button>
        <span class="hint">Stand-ins for accounts, names, IDs, addresses and tags. The scenario on the page stays as it is.</span>
      </p>
      <div role="status">${
        this.busy ? html`<p class="hint">Replacing names, and judging the scenario with them and without…</p>` : nothing
      }${this.found ? this.#proof(this.found) : nothing}</div>
      ${this.trouble === "" ? nothing : html`<p class="trouble" role="alert">No name was replaced. ${this.trouble}</p>`}
      ${this.found ? this.#body(this.found) : nothing}`;
  }

  #proof({ proof, replaced, text }: Redaction): TemplateResult {
    const { proved, judged, differs, requests, checks, steps, ways } = proof;
    const stay = replaced.filter(({ kept }) => kept).length;
    return html`${
      proved
        ? html`<p>
            <b><span aria-hidden="true">✓ </span>Proved.</b> Judged with both sets of names, ${count(requests, "request")} and
              ${count(checks, "check")} come to the same
            outcome and policy types, and ${count(steps, "step")} and ${count(ways, "way")} in are the same.
          </p>`
        : judged || text === ""
          ? html`<p><b><span
            aria-hidden="true">≠ </span>Not proved.</b>${text === "" ? nothing : " With stand-ins, these are not the same:"}</p>
              <ul class="differs">${differs.map((each) => html`<li>${each}</li>`)}</ul>`
          : html`<p><b><span aria-hidden="true">? </span>Not proved.</b> The scenario has errors, so it has no answers to compare.</p>`
    }${
      stay === 0
        ? nothing
        : html`<p><b>${count(stay, "name")} ${stay === 1 ? "stays" : "stay"},</b> because an answer would change without
          ${stay === 1 ? "it" : "them"}. The table marks ${stay === 1 ? "it" : "them"}.</p>`
    }`;
  }

  #body(found: Redaction): TemplateResult {
    const { replaced, removed, look, text } = found;
    if (text === "") return html``;
    const notes = removed.length === 0 ? [...look] : [`Left out: ${removed.join("; ")}.`, ...look];
    if (this.failed.length > 0) notes.push(`Not fetched: what AWS knows of ${this.failed.join(", ")}. Both were judged without it.`);
    return html`${replaced.length === 0 ? html`<p>There is no name to replace.</p>` : this.#table(replaced)}
      ${notes.length === 0 ? nothing : html`<ul class="look">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}
      <details>
        <summary>Read the scenario with stand-ins</summary>
        <pre tabindex="0" aria-label="Scenario with stand-ins"><code>${text}</code></pre>
      </details>
      <fieldset>
        <legend>Share it with</legend>
        ${this.#choice("your own names", undefined)} ${this.#choice("the stand-ins", found)}
      </fieldset>
      <p class="row-of">
        <button type="button" @click=${() => this.#open(text)}>Open it on the page</button>
        <span class="hint">Undo leads back, and your own scenario stays under “Kept in this browser”.</span>
      </p>`;
  }

  #choice(label: string, redaction: Redaction | undefined): TemplateResult {
    return html`<label><input type="radio" name="redact" .checked=${this.taken === redaction} @change=${() => this.take(redaction)}
      /> ${label}</label>`;
  }

  #table(replaced: Redaction["replaced"]): TemplateResult {
    // What stays is what to look at.
    const rows = [...replaced.filter(({ kept }) => kept), ...replaced.filter(({ kept }) => !kept)];
    return html`<div class="names" role="group" aria-label="Names and stand-ins" tabindex="0">
        <table>
          <caption>What is replaced <span>This table is not part of what you share.</span></caption>
          <thead>
            <tr><th scope="col">Original</th><th scope="col">Stand-in</th><th scope="col">Sort</th></tr>
          </thead>
          <tbody>
            ${this.#shown.of(rows).map(
              (row) => html`<tr class=${row.kept ? "kept-name" : ""}>
                <th scope="row"><code>${row.old}</code></th>
                <td>${row.kept ? html`<span class="tag">stays</span> ${row.why}` : html`<code>${row.new}</code>`}</td>
                <td>${row.class}, ${count(row.times, "time")}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
      ${this.#shown.bar(rows.length)}`;
  }

  /** The dialog closes: what it was opened for is no longer on the page. */
  #open(text: string): void {
    this.closest("dialog")?.close();
    tell(this, { kind: "load", text, title: "Redacted scenario" });
  }
}

customElements.define("redact-box", RedactBox);
