import { html, nothing, type TemplateResult } from "lit";

/**
 * The part of a long list that is drawn. A link can carry thousands of policies,
 * statements or requests, and a page that draws them all answers nobody.
 */
export class ListWindow {
  #from = 0;
  readonly #size: number;
  readonly #noun: string;
  readonly #changed: () => void;

  /** `noun` is what the list has, in the plural. `changed` is called when another part is to be drawn. */
  constructor(size: number, noun: string, changed: () => void) {
    this.#size = size;
    this.#noun = noun;
    this.#changed = changed;
  }

  /** The place of the first entry that is drawn, of so many. */
  from(total: number): number {
    if (this.#from >= total) this.#from = this.#start(total - 1);
    return this.#from;
  }

  /** The entries that are drawn. */
  of<T>(list: readonly T[]): readonly T[] {
    const from = this.from(list.length);
    return list.length <= this.#size ? list : list.slice(from, from + this.#size);
  }

  /** Has the entry at a place drawn. False where it is drawn already, or there is none. */
  show(place: number): boolean {
    const from = this.#start(place);
    if (place < 0 || from === this.#from) return false;
    this.#from = from;
    this.#changed();
    return true;
  }

  /** The way to the other parts; nothing where all is drawn. */
  bar(total: number): TemplateResult | typeof nothing {
    if (total <= this.#size) return nothing;
    const from = this.from(total);
    const last = Math.min(from + this.#size, total);
    const number = (n: number) => n.toLocaleString("en");
    const step = (label: string, to: number) =>
      html`<button type="button" ?disabled=${to < 0 || to >= total} @click=${() => this.show(to)}>${label}<span
        class="hidden"> ${this.#noun}</span></button>`;
    return html`<p class="window">
      ${step("Previous", from - this.#size)}
      <span role="status">${number(from + 1)} to ${number(last)} of ${number(total)} ${this.#noun}</span>
      ${step("Next", last)}
    </p>`;
  }

  #start(place: number): number {
    return Math.max(0, Math.floor(place / this.#size) * this.#size);
  }
}
