// <why403-scenario>, <access-table> and <kms-access-table> for pages of documentation. What
// stands in the element stays until the live view can take its place. Nothing is
// fetched, and nothing is done at all, before an element needs it.
import type { Live, Place } from "./live";

/** The address of the playground: the directory of this script. */
const BASE = import.meta.url.replace(/[^/]*$/, "");

const STYLE =
  ":host{display:block}:host([hidden]){display:none}.note{font:14px/1.5 system-ui,sans-serif;margin:8px 0}" +
  "button{font:inherit;padding:4px 14px;min-height:30px;cursor:pointer}";

let style: CSSStyleSheet | undefined;

function ownStyle(): CSSStyleSheet {
  if (!style) {
    style = new CSSStyleSheet();
    style.replaceSync(STYLE);
  }
  return style;
}

/** An element whose static content makes place for a live view. */
abstract class Embed extends HTMLElement {
  static observedAttributes = ["view", "theme", "loading", "height"];

  protected live: Live | undefined;
  readonly #frame = document.createElement("div");
  readonly #note = document.createElement("p");
  #watch: IntersectionObserver | undefined;
  #mounting = false;

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [ownStyle()];
    const slot = document.createElement("slot");
    slot.textContent = "Loading…";
    this.#frame.append(slot);
    this.#note.className = "note";
    this.#note.setAttribute("role", "status");
    root.append(this.#frame, this.#note);
  }

  connectedCallback(): void {
    this.#plan();
  }

  disconnectedCallback(): void {
    this.#watch?.disconnect();
  }

  attributeChangedCallback(name: string): void {
    if (name === "height") this.#limit();
    this.#plan();
    this.live?.changed(name);
  }

  /** True once there is something to show. */
  protected abstract get wanted(): boolean;

  protected abstract mount(place: Place): Promise<Live>;

  /** Fetches the live view. */
  protected async start(): Promise<void> {
    if (this.live || this.#mounting) return;
    this.#mounting = true;
    this.#watch?.disconnect();
    this.#note.replaceChildren();
    const place: Place = {
      element: this,
      base: BASE,
      show: (content) => this.#frame.replaceChildren(content),
      note: (message) => this.#note.replaceChildren(message),
    };
    try {
      this.live = await this.mount(place);
    } catch (error) {
      place.note("The live view could not be loaded. The text shown was correct when this page was built.");
      this.dispatchEvent(new CustomEvent("why403-error", { detail: { message: String(error) }, bubbles: true, composed: true }));
    }
    this.#mounting = false;
  }

  /** Waits for what the loading attribute says. */
  #plan(): void {
    this.#watch?.disconnect();
    if (this.live || this.#mounting || !this.isConnected) return;
    this.#note.replaceChildren();
    if (!this.wanted) return;
    const loading = this.getAttribute("loading");
    if (loading === "eager") return void this.start();
    if (loading === "click") return this.#offer();
    this.#watch = new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && void this.start(), {
      rootMargin: "200px",
    });
    this.#watch.observe(this);
  }

  #offer(): void {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Show it live";
    button.addEventListener("click", () => void this.start());
    this.#note.replaceChildren(button);
  }

  /** A number is in pixels. Set by script, which a strict policy for styles allows. */
  #limit(): void {
    const height = this.getAttribute("height") ?? "";
    this.#frame.style.height = /^\d+$/.test(height) ? `${height}px` : height;
    const limited = this.#frame.style.height !== "";
    this.#frame.style.overflow = limited ? "auto" : "";
    // What scrolls must be reached by keyboard.
    if (limited) this.#frame.tabIndex = 0;
    else this.#frame.removeAttribute("tabindex");
  }
}

class Why403Scenario extends Embed {
  static override observedAttributes = [...Embed.observedAttributes, "src", "editable", "expect"];

  #text: string | undefined;

  override connectedCallback(): void {
    // Set by a script before this one had defined the element.
    if (Object.hasOwn(this, "scenario")) {
      const { scenario } = this;
      delete (this as Partial<this>).scenario;
      this.scenario = scenario;
    }
    super.connectedCallback();
  }

  /** The scenario file that is shown, as it is now. "" before it is there. */
  get scenario(): string {
    return this.live?.scenario ?? this.#text ?? "";
  }

  set scenario(text: string) {
    this.#text = String(text);
    if (this.live) this.live.open(this.#text);
    else void this.start();
  }

  /** The outcome of each request, the verdict of the one that is shown, and whether all are as expected; undefined before. */
  get result(): Live["result"] {
    return this.live?.result;
  }

  protected get wanted(): boolean {
    return this.hasAttribute("src") || this.#text !== undefined;
  }

  protected async mount(place: Place): Promise<Live> {
    const { ScenarioView } = await import("./scenario-view");
    return new ScenarioView(place, this.#text);
  }
}

class AccessTableElement extends Embed {
  static override observedAttributes = [...Embed.observedAttributes, "service"];

  protected get wanted(): boolean {
    return true;
  }

  protected async mount(place: Place): Promise<Live> {
    const { TablesView } = await import("./tables-view");
    return new TablesView(place);
  }
}

// A page may load the script twice, perhaps from two places.
if (!customElements.get("why403-scenario")) {
  customElements.define("why403-scenario", Why403Scenario);
  customElements.define("access-table", AccessTableElement);
  // The tables of KMS; what it shows without the attribute.
  customElements.define("kms-access-table", class extends AccessTableElement {});
}
