/** A selection in a text, in UTF-16 units, and how far the text was scrolled, in pixels. */
export interface Caret {
  start: number;
  end: number;
  scrolled: number;
}
