import { catalogueIndex } from "../engine/catalogue-texts";
import type { EngineClient } from "../engine/engine-client";
import type { Section } from "../state/page-state";
import { kindOf } from "../scenario/sections";
import { callTold } from "../state/told";
import type { Hint } from "../page/problem-list";
import { whenLoaded } from "./load";

/** How long the text must stand still: half a name is no misspelling. */
const PAUSE_MS = 600;

/** No policy that AWS accepts is longer, in UTF-16 units. */
const LONGEST = 50_000;

let engine: EngineClient | undefined;

/** Says which engine looks for hints. Without one there are none. */
export function hintsBy(client: EngineClient): void {
  engine = client;
}

/** The hints of a policy, by what AWS has names for. */
async function hintsOf({ name, text }: Section): Promise<readonly Hint[]> {
  if (!engine) return [];
  const [versions = "", ...prefixes] = (await catalogueIndex(engine.base)) ?? [];
  if (prefixes.length === 0) return [];
  const asked = [name, versions.split(" ")[0], prefixes.join(" "), text].join("\n");
  return (await callTold(engine, "hints", asked)).result.hints;
}

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
    // One after the other: without the editor nothing shows hints.
    await whenLoaded();
    const looked = section.text.length <= LONGEST && kindOf(section).actions;
    // Where the engine stops, the page says so, and there are no hints.
    const found = looked ? await hintsOf(section).catch(() => []) : [];
    if (section.text !== this.#text || (found.length === 0 && this.found.length === 0)) return;
    this.found = found;
    this.#changed();
  }
}
