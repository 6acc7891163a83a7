import { LitElement } from "lit";

/** Tells Lit that a list changed only if one of its entries did. */
export function listChanged(now: readonly unknown[] | undefined, old: readonly unknown[] | undefined): boolean {
  return !now || !old || now.length !== old.length || now.some((entry, i) => entry !== old[i]);
}

/**
 * The base of the page's elements. They render without a shadow root, so that
 * labels, descriptions and the one stylesheet reach across them.
 */
export class PageElement extends LitElement {
  override connectedCallback(): void {
    // What stands in the element before its script has come makes place for what it draws.
    if (!this.hasUpdated) this.replaceChildren();
    super.connectedCallback();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
