// The editor is a chunk of its own, fetched when the page already answers.

/** The chunk with the editor and the spelling help. */
export type EditorChunk = typeof import("./editor");

let loading: Promise<EditorChunk | undefined> | undefined;

/**
 * Fetches the editor once. Afterwards the cards show it instead of their text
 * areas. Undefined where it can't be had: the text areas stay.
 */
export function loadEditor(): Promise<EditorChunk | undefined> {
  loading ??= import("./editor").catch(() => undefined);
  return loading;
}

/** Waits for the editor's chunk, once `loadEditor` was called and it is there. */
export function whenLoaded(): Promise<unknown> {
  return customElements.whenDefined("policy-editor");
}
