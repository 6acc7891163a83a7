import { html, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { AnswerView } from "../answer/answer-view";
import { loadEditor } from "../editor/load";
import { actionListVersion, contextKeysFor } from "../engine/catalogue";
import { IMPORTER } from "../engine/engine-client";
import type { ScenarioGallery } from "../gallery/scenario-gallery";
import type { PolicyCard } from "../policy/policy-card";
import type { PolicyList, WorldParts } from "../policy/policy-list";
import type { RequestFields } from "../request/request-fields";
import { requestSection } from "../scenario/scenario-text";
import { Controller } from "../state/controller";
import { listen, type Message } from "../state/messages";
import { activeRequest, mainLine } from "../state/page-state";
import { linkOf } from "../state/sharing";
import type { PolicyTableBox } from "../tables/policy-table";
import { notices, pageFoot, pageHead, pin } from "./frame-parts";
import { followDocument, openImport } from "./from-document";
import { afterFrame } from "./after-frame";
import { listChanged, PageElement } from "./page-element";
import { UNFETCHED } from "../state/unfetched";

/** One column: the answer comes first, and what is below it is folded. */
const NARROW = matchMedia("(max-width: 900px)");
/** An answer that takes longer is waited for by what is drawn, too. */
const ANSWER_MS = 60;
/** Paper is narrow too. What is drawn anew for it comes after its pages are counted. */
const PRINT = matchMedia("print");

/** The whole page: it draws what the controller holds. */
export class Why403App extends PageElement {
  static override properties = {
    keys: { state: true, hasChanged: listChanged },
    listVersion: { state: true },
    parts: { state: true },
    narrow: { state: true },
  };
  /** The condition keys that requests for the action carry. */
  declare keys: readonly string[];
  /** Where the names that completion offers come from. */
  declare listVersion: string;
  /** What the first answer does not need, once it is fetched. */
  declare parts: WorldParts | undefined;
  /** True on a screen with room for one column. */
  declare narrow: boolean;
  #controller = new Controller(
    () => this.requestUpdate(),
    () => this.#await(),
  );
  readonly #linkAddress = async (): Promise<string> => {
    const link = await linkOf(this.#controller);
    return typeof link === "string" ? location.href.replace(/#.*$/s, "") + link : "";
  };
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #keysOf = "";
  readonly #fetched = new Set<string>();

  constructor() {
    super();
    this.keys = [];
    this.listVersion = "";
    this.narrow = NARROW.matches;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    listen(this, (message) => void this.#handle(message));
    followDocument(this, this.#controller);
    NARROW.addEventListener("change", () => {
      if (!PRINT.matches) this.narrow = NARROW.matches;
    });
    this.#controller.start();
    import("../policy/world-parts").then(
      (parts) => (this.parts = parts),
      () => this.#controller.miss(UNFETCHED),
    );
    addEventListener("vite:preloadError", () => this.#controller.miss(UNFETCHED));
    import("./later").then(
      () => this.requestUpdate(),
      () =>
        this.#controller.miss("A part of this page could not be fetched, so it shows no answer. Reload the page; what you typed is kept."),
    );
  }

  /** Draws nothing until the answer to what is typed has come: to draw twice at every key takes longer than to judge. */
  #await(): void {
    if (!this.#controller.judge.pending) return;
    this.querySelector(".verdict")?.setAttribute("aria-busy", "true");
    this.#waiting ??= setTimeout(() => this.requestUpdate(), ANSWER_MS);
  }

  protected override willUpdate(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { judge, state } = this.#controller;
    document.title = `${state.title.slice(0, 200) || "why403"} – AWS access decisions, explained`;
    // What the build drew makes place for the living page, part by part.
    if (judge.answer && customElements.get("answer-view")) document.querySelector("#static-examples")?.remove();
    // All that the first answer does not need comes after it.
    if (judge.answer) void this.#loadRest();
    if (this.#controller.linked) this.#fetch("link-note", () => import("../share/link-note"));
    // Only entities have a matrix of who may.
    if (judge.answer && state.sections.some(({ name }) => name.startsWith("entity/")))
      this.#fetch("who-may", () => import("../tables/who-may"));
  }

  async #loadRest(): Promise<void> {
    const action = this.#action();
    if (this.#keysOf === action) return;
    this.#keysOf = action;
    void loadEditor();
    this.#fetch("witness-box", () => import("../answer/witness-box"));
    this.#fetch("access-tables", () => import("../tables/access-tables"));
    // The answer is drawn first.
    await afterFrame();
    const keys = await contextKeysFor(action);
    if (this.#keysOf !== action) return;
    this.keys = keys;
    this.listVersion = await actionListVersion();
  }

  /** Fetches a part once: whenever it is imported, the document is searched for the links of its files. */
  #fetch(part: string, load: () => Promise<unknown>): void {
    if (this.#fetched.has(part)) return;
    this.#fetched.add(part);
    load().catch(() => this.#fetched.delete(part));
  }

  async #handle(message: Message): Promise<void> {
    if (message.kind === "show-place") return this.#showPlace(message);
    if (message.kind === "show-row") return this.querySelector<AnswerView>("answer-view")?.showRow(message.section, message.index);
    if (message.kind === "bring") return openImport(this, (box) => box.openWith(message.text));
    if (message.kind === "key-add") return this.querySelector<RequestFields>("request-fields")?.addKey(message.key);
    if (message.kind === "browse") return this.#browse();
    if (message.kind === "policy-table") return this.#policyTable(message.section);
    await this.#controller.handle(message);
    if (message.kind === "new") return this.#begun(message.at);
    if (message.kind !== "section-add" && message.kind !== "entity-add" && message.kind !== "account-add") return;
    await this.#list?.begin(this.#controller.state.sections.at(-1)?.name ?? "");
  }

  get #list(): PolicyList | null {
    return this.querySelector("policy-list");
  }

  async #browse(): Promise<void> {
    await customElements.whenDefined("scenario-gallery");
    await this.querySelector<ScenarioGallery>("scenario-gallery")?.open();
  }

  /** Few ask for it: its script is fetched then. */
  async #policyTable(section: string): Promise<void> {
    try {
      await import("../tables/policy-table");
    } catch {
      return this.#controller.tell("The table could not be fetched. Reload the page; what you typed is kept.");
    }
    await this.querySelector<PolicyTableBox>("policy-table")?.show(section);
  }

  /** Puts the focus where a person wants to begin. */
  async #begun(at: "question" | "hand" | ""): Promise<void> {
    await this.updateComplete;
    if (at === "hand") return this.querySelector<PolicyCard>("policy-card")?.edit();
    await this.querySelector<RequestFields>("request-fields")?.updateComplete;
    this.querySelector<HTMLElement>(at === "question" ? ".field.principal input" : "#start-text")?.focus();
  }

  async #showPlace(message: Message & { kind: "show-place" }): Promise<void> {
    const { section, line } = message;
    if (section === requestSection(activeRequest(this.#controller.state))) {
      return this.querySelector<RequestFields>("request-fields")?.showLine(line);
    }
    await this.#list?.showPlace(message);
  }

  #action(): string {
    return mainLine(activeRequest(this.#controller.state), "action")?.value ?? "";
  }

  protected override render(): TemplateResult {
    const { state, judge, welcome } = this.#controller;
    const { row, tables, arriving } = this.#controller.arrivals;
    const reader = () => this.#controller.readers.of(IMPORTER);
    const order = this.narrow ? ["answer", "request", "policies"] : ["request", "policies", "answer"];
    const parts: Record<string, () => TemplateResult> = {
      answer: () => this.#answer(),
      request: () => this.#request(),
      policies: () => this.#policies(),
    };
    return html`<a class="skip" href="#answer">Skip to the answer</a>
      ${pageHead(this, this.#controller)}
      <main ?inert=${arriving} aria-busy=${arriving}>
        ${notices(this, this.#controller)}
        <start-box .welcome=${welcome} .next=${this.#controller.next}></start-box>
        <scenario-notes .state=${state}></scenario-notes>
        <div class="columns">
          ${repeat(
            order,
            (part) => part,
            (part) => parts[part]?.(),
          )}
        </div>
        <policy-table .state=${state} .reader=${reader}></policy-table>
        <who-may .state=${state} .settled=${!judge.stale && !judge.pending} .reader=${reader}></who-may>
        <access-tables .answer=${judge.shown} .target=${row} .opened=${tables}></access-tables>
        ${pin(this.#controller)}
      </main>
      ${pageFoot(this.#controller)}`;
  }

  #request(): TemplateResult {
    const { state, judge } = this.#controller;
    return html`<request-fields
      .requests=${state.requests}
      .active=${state.active}
      .mode=${judge.mode}
      .answers=${judge.answers}
      .keys=${this.keys}
      .menu=${this.parts?.requestMenu}
      .stale=${judge.stale}
      .problems=${judge.problems}
    ></request-fields>`;
  }

  #policies(): TemplateResult {
    return html`<policy-list
      .page=${this.#controller}
      .parts=${this.parts}
      .narrow=${this.narrow}
      .listVersion=${this.listVersion}
    ></policy-list>`;
  }

  #answer(): TemplateResult {
    const { state, judge, engine, diagnoser } = this.#controller;
    return html`<answer-view
      .answer=${judge.answer}
      .problems=${judge.problems}
      .stale=${judge.stale}
      .pending=${judge.pending}
      .engine=${engine}
      .trouble=${judge.trouble}
      .action=${this.#action()}
      .fixes=${judge.fixes}
      .fillable=${true}
      .filling=${this.#controller.filling}
      .diagnosis=${diagnoser.said ? diagnoser.result : undefined}
      .diagnosing=${diagnoser.said && diagnoser.busy}
      .diagnosisTrouble=${diagnoser.said ? diagnoser.trouble : ""}
      .commandAnswers=${diagnoser.answers}
      .noFix=${judge.noFix}
      .state=${state}
      .page=${this.#controller}
      .folded=${this.narrow}
      .link=${this.#linkAddress}
      .chosen=${judge.chosen}
      ><div class="card first"><div class="verdict"><p class="why">The engine is loading…</p></div></div></answer-view
    >`;
  }
}

customElements.define("why403-app", Why403App);
