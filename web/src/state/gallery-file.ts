import type { Examples } from "../engine/contract";
import { ENGINE_VERSION } from "../engine/engine-client";

/**
 * The worked examples, which the engine answered when the page was built. Without
 * them (offline, say) the gallery stays closed and all else works.
 */
export class GalleryFile {
  examples: Examples | undefined;
  #fetched: Promise<Examples | undefined> | undefined;
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** Fetches them once; where that failed, anew. */
  fetch(): Promise<Examples | undefined> {
    this.#fetched ??= this.#read();
    return this.#fetched;
  }

  async #read(): Promise<Examples | undefined> {
    const response = await fetch(`examples.json?v=${ENGINE_VERSION}`).catch(() => undefined);
    this.examples = response?.ok ? await (response.json() as Promise<Examples>).catch(() => undefined) : undefined;
    if (this.examples) this.#changed();
    else this.#fetched = undefined;
    return this.examples;
  }
}
