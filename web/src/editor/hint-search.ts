import { loadCatalogue, prefixesIn } from "../engine/catalogue";
import type { Section } from "../state/page-state";
import type { Hint } from "../page/problem-list";
import { whenLoaded } from "./load";

/** How long the text must stand still: half a name is no misspelling. */
const PAUSE_MS = 600;

/** Looks for hints in one section's text, once the editor's chunk is there. */
export class HintSearch {
  /** The hints of the text that was looked at last. */
  found: readonly Hint[] = [];
  #text: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Looks at a section if its text is a new one, and says when the hints changed. */
  look(section: Section): void {
    if (section.text === this.#text) return;
    const first = this.#text === undefined;
    this.#text = section.text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(section), first ? 0 : PAUSE_MS);
  }

  async #search(section: Section): Promise<void> {
    // One after the other: without the editor nothing needs the data.
    const { hintsOf } = await whenLoaded();
    const data = await loadCatalogue(prefixesIn(section.text));
    if (!data || section.text !== this.#text) return;
    const found = hintsOf(section, data);
    if (found.length === 0 && this.found.length === 0) return;
    this.found = found;
    this.#changed();
  }
}
