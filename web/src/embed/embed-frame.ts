// <why403-frame> around an iframe of /embed/: it makes the iframe as high as
// what it shows. Without this script the iframe keeps its height and scrolls.
import type { Unsure } from "./protocol";

/** The tallest that an iframe may make itself, in pixels. */
const MAX_HEIGHT = 20_000;

class Why403Frame extends HTMLElement {
  connectedCallback(): void {
    addEventListener("message", this);
  }

  disconnectedCallback(): void {
    removeEventListener("message", this);
  }

  /** Shows another scenario file. */
  set scenario(text: string) {
    const frame = this.#frame;
    frame?.contentWindow?.postMessage(
      { why403: 1, type: "set-scenario", scenario: text },
      this.#isOpaque(frame) ? "*" : new URL(frame.src).origin,
    );
  }

  get #frame(): HTMLIFrameElement | null {
    return this.querySelector("iframe");
  }

  #isOpaque(frame: HTMLIFrameElement): boolean {
    return frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-same-origin");
  }

  handleEvent({ source, origin, data }: MessageEvent<Unsure>): void {
    const frame = this.#frame;
    if (!frame || source !== frame.contentWindow || data?.why403 !== 1) return;
    if (origin !== (this.#isOpaque(frame) ? "null" : new URL(frame.src).origin)) return;
    const { why403, type, ...detail } = data;
    if (type === "height" && typeof detail.height === "number" && detail.height > 0) {
      frame.style.height = `${Math.min(detail.height, MAX_HEIGHT)}px`;
    }
    if (type === "ready" || type === "decision" || type === "error") {
      this.dispatchEvent(new CustomEvent(`why403-${type}`, { detail, bubbles: true, composed: true }));
    }
  }
}

if (!customElements.get("why403-frame")) customElements.define("why403-frame", Why403Frame);
