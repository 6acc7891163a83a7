import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Example, Examples, Outcome } from "../engine/contract";
import { closeOutside } from "../page/dialog";
import { tell } from "../state/messages";
import { PageElement } from "../page/page-element";
import { outcomeTag, outcomeWord } from "../request/outcome-tag";
import { byGroup, choices, entriesOf, find, nearTo, NO_FILTER, type Entry, type Facet, type Filter, type Grouping } from "./search";

const FACETS: readonly { facet: Facet; label: string }[] = [
  { facet: "service", label: "Service" },
  { facet: "type", label: "Policy type" },
  { facet: "outcome", label: "Outcome" },
];

/** All worked examples, in a dialog with a search. */
export class ScenarioGallery extends PageElement {
  static override properties = {
    examples: { attribute: false },
    opened: { state: true },
    filter: { state: true },
    grouping: { state: true },
    current: { state: true },
  };
  /** Undefined until they have come. */
  declare examples: Examples | undefined;
  declare opened: boolean;
  declare filter: Filter;
  declare grouping: Grouping;
  /** The file of the result that the Tab key reaches. The arrow keys move it. */
  declare current: string;
  #entries: readonly Entry[] = [];

  constructor() {
    super();
    this.opened = false;
    this.filter = NO_FILTER;
    this.grouping = "question";
    this.current = "";
  }

  protected override willUpdate(changed: PropertyValues): void {
    // Few readers look for one, and it takes a while to prepare.
    if (changed.has("examples")) this.#entries = [];
    if (this.opened && this.examples && this.#entries.length === 0) this.#entries = entriesOf(this.examples);
  }

  protected override render(): TemplateResult {
    const count = this.examples?.examples.length ?? 0;
    return html`<button type="button" class="link" aria-haspopup="dialog" ?disabled=${count === 0} @click=${() => void this.open()}>
        Gallery${count > 0 ? ` (${count})` : ""}
      </button>
      <dialog class="box gallery" aria-labelledby="gallery-title" @click=${closeOutside}
        @close=${() => (this.opened = this.#dialog?.open === true)}
        @keydown=${this.#keys}>
        ${this.opened ? this.#content() : nothing}
      </dialog>`;
  }

  #content(): TemplateResult {
    const found = find(this.#entries, this.filter);
    return html`<form method="dialog" class="box-head">
        <h2 id="gallery-title">Gallery</h2>
        <button class="quiet" aria-label="Close">✕</button>
      </form>
      <div class="filters">
        <label class="search"
          ><span class="label">Search</span>
          <input
            type="search"
            autofocus
            placeholder="github actions, cross account s3, GenerateDataKey…"
            autocomplete="off"
            spellcheck="false"
            .value=${this.filter.words}
            @input=${(event: Event) => this.#narrow({ words: (event.target as HTMLInputElement).value })}
        /></label>
        ${FACETS.map(({ facet, label }) => this.#facet(facet, label))} ${this.#grouped()}
      </div>
      <div class="found" role="status">${found.length} of ${this.#entries.length} scenarios</div>
      <div class="hits">${found.length === 0 ? this.#none() : this.#groups(found)}</div>`;
  }

  #facet(facet: Facet, label: string): TemplateResult | typeof nothing {
    const all = choices(this.#entries, this.filter, facet);
    if (all.length < 2) return nothing;
    const name = (value: string) => (facet === "outcome" ? outcomeWord(value as Outcome) : value);
    return html`<label
      ><span class="label">${label}</span>
      <select .value=${this.filter[facet]}
        @change=${(event: Event) => this.#narrow({ [facet]: (event.target as HTMLSelectElement).value })}>
        <option value="">All</option>
        ${all.map(
          ({ value, count }) => html`<option value=${value}
          ?selected=${value === this.filter[facet]}>${name(value)} (${count})</option>`,
        )}
      </select></label
    >`;
  }

  #grouped(): TemplateResult {
    return html`<label
      ><span class="label">Grouped by</span>
      <select .value=${this.grouping} @change=${(event: Event) => (this.grouping = (event.target as HTMLSelectElement).value as Grouping)}>
        <option value="question">Question</option>
        <option value="subject">Subject</option>
      </select></label
    >`;
  }

  #none(): TemplateResult {
    const near = nearTo(this.#entries, this.filter);
    return html`<p class="none">
        No scenario matches. <button type="button" class="link" @click=${() => void this.#clear()}>Clear filters</button>
        ${near.words.map((words) => html`<button type="button" class="chip" @click=${() => void this.#look(words)}>${words}</button>`)}
      </p>
      ${near.entries.length === 0 ? nothing : this.#list("Some of the words", near.entries)}`;
  }

  #groups(found: readonly Entry[]): unknown {
    const groups = byGroup(found, this.grouping, this.filter.words.trim() !== "");
    const reachable = found.some((entry) => entry.example.file === this.current) ? this.current : groups[0]?.[1][0]?.example.file;
    return repeat(
      groups,
      ([group]) => group,
      ([group, entries]) => this.#list(group, entries, reachable),
    );
  }

  /** Entries under a heading. The Tab key reaches one of them: the first, unless told. */
  #list(heading: string, entries: readonly Entry[], reachable = entries[0]?.example.file): TemplateResult {
    return html`<h3>${heading} <span class="soft">${entries.length}</span></h3>
      <ul>
        ${repeat(
          entries,
          (entry) => entry.example.file,
          (entry) => this.#hit(entry, entry.example.file === reachable),
        )}
      </ul>`;
  }

  #hit({ example, values }: Entry, reachable: boolean): TemplateResult {
    return html`<li>
      <button type="button" tabindex=${reachable ? "0" : "-1"} @focus=${() => (this.current = example.file)}
        @click=${() => this.#choose(example)}>
        <span class="head-line"><b>${example.title}</b><span class="outcomes">${values.outcome.map(outcomeTag)}</span></span>
        ${example.summary === "" ? nothing : html`<span class="summary">${example.summary}</span>`}
        ${values.type.length === 0 ? nothing : html`<span class="types">${values.type.join(" · ")}</span>`}
      </button>
    </li>`;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.querySelector("dialog");
  }

  /** Opens the dialog. */
  async open(): Promise<void> {
    this.opened = true;
    await this.updateComplete;
    this.#dialog?.showModal();
    // It may just have been told of the closing before.
    this.opened = true;
  }

  #choose({ text, title, file }: Example): void {
    this.#dialog?.close();
    tell(this, { kind: "load", text, title, hash: `#example=${file}` });
  }

  #narrow(change: Partial<Filter>): void {
    this.filter = { ...this.filter, ...change };
    this.querySelector(".hits")?.scrollTo({ top: 0, behavior: "instant" });
  }

  #clear(): Promise<void> {
    this.filter = NO_FILTER;
    return this.#look("");
  }

  /** Looks for other words, and leads back to the search. */
  async #look(words: string): Promise<void> {
    this.#narrow({ words });
    await this.updateComplete;
    this.querySelector<HTMLElement>("input")?.focus();
  }

  /** The arrow keys go from the search into the list, through it, and back. */
  #keys(event: KeyboardEvent): void {
    const from = event.target as HTMLElement;
    const search = this.querySelector<HTMLInputElement>("input");
    const hits = [...this.querySelectorAll<HTMLElement>(".hits li button")];
    const at = hits.indexOf(from);
    if (at < 0 && from !== search) return;
    const moves: Record<string, number | undefined> = { ArrowDown: Math.min(at + 1, hits.length - 1), ArrowUp: at - 1 };
    if (at >= 0) Object.assign(moves, { Home: 0, End: hits.length - 1 });
    // A search field is emptied first elsewhere. Here one press leaves.
    if (event.key === "Escape" && from === search) {
      event.preventDefault();
      return this.#dialog?.close();
    }
    // Enter in the search takes the first result, if something was looked for.
    if (event.key === "Enter" && from === search && this.filter.words.trim() !== "") return hits[0]?.click();
    const to = moves[event.key];
    if (to === undefined || (to < 0 && at < 0)) return;
    event.preventDefault();
    (to < 0 ? search : hits[to])?.focus();
  }
}

customElements.define("scenario-gallery", ScenarioGallery);
