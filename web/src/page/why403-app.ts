import type { BlockForm, Redaction } from "../engine/contract";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { AnswerView } from "../answer/answer-view";
import { Controller } from "../state/controller";
import { loadEditor } from "../editor/load";
import { actionListVersion, contextKeysFor } from "../engine/catalogue";
import { dropped } from "../import/dropped";
import type { ReadText } from "../import/read-file";
import type { ScenarioGallery } from "../gallery/scenario-gallery";
import type { ImportBox } from "../import/import-box";
import { listen, tell, type Message } from "../state/messages";
import { outcomeView } from "./outcome-view";
import { PageElement } from "./page-element";
import { activeRequest, mainLine } from "../state/page-state";
import type { PolicyCard } from "../policy/policy-card";
import { IMPORTER } from "../engine/engine-client";
import type { PolicyList, WorldParts } from "../policy/policy-list";
import type { PolicyTableBox } from "../tables/policy-table";
import type { RequestFields } from "../request/request-fields";
import { requestSection, scenarioText } from "../scenario/scenario-text";
import { downloadScenario } from "../share/download";
import type { KeptDrafts } from "../share/kept-drafts";

/** One column: the answer comes first, and what is below it is folded. */
const NARROW = matchMedia("(max-width: 900px)");

/** True where a paste goes into a field. */
function takesText(target: EventTarget | undefined): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input, textarea, select"));
}

/** The button of an element whose script is on its way. */
function early(label: string | TemplateResult): TemplateResult {
  return html`<button type="button" class="link" aria-haspopup="dialog">${label}</button>`;
}

/** The whole page: it draws what the controller holds. */
export class Why403App extends PageElement {
  static override properties = { keys: { state: true }, listVersion: { state: true }, parts: { state: true } };
  /** The condition keys that requests for the action carry. */
  declare keys: readonly string[];
  /** Where the names that completion offers come from. */
  declare listVersion: string;
  /** What the first answer does not need, once it is fetched. */
  declare parts: WorldParts | undefined;
  #controller = new Controller(() => this.requestUpdate());
  #keysOf = "";

  constructor() {
    super();
    this.keys = [];
    this.listVersion = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    listen(this, (message) => void this.#handle(message));
    // Before the editor sees the key: a page edit newer than the typing is undone first.
    document.addEventListener("keydown", (event) => this.#shortcut(event), { capture: true });
    document.addEventListener("paste", (event) => this.#pasted(event));
    document.addEventListener("dragover", (event) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
    // Before the editor sees it, which would put the file into the middle of a policy.
    document.addEventListener("drop", (event) => this.#dropped(event), { capture: true });
    NARROW.addEventListener("change", () => this.requestUpdate());
    this.#controller.start();
    import("../policy/world-parts").then(
      (parts) => (this.parts = parts),
      () => undefined,
    );
    import("./later").then(
      () => this.requestUpdate(),
      () =>
        this.#controller.tell("A part of this page could not be fetched, so it shows no answer. Reload the page; what you typed is kept."),
    );
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    const { judge, state } = this.#controller;
    document.title = `${state.title.slice(0, 200) || "why403"} – AWS access decisions, explained`;
    // What the build drew makes place for the living page, part by part.
    if (judge.answer && customElements.get("answer-view")) document.querySelector("#static-examples")?.remove();
    // All that the first answer does not need comes after it.
    if (judge.answer) void this.#loadRest();
    if (this.#controller.linked) void import("../share/link-note").catch(() => undefined);
    // Only entities have a matrix of who may.
    if (judge.answer && state.sections.some(({ name }) => name.startsWith("entity/")))
      void import("../tables/who-may").catch(() => undefined);
  }

  async #loadRest(): Promise<void> {
    const action = this.#action();
    if (this.#keysOf === action) return;
    this.#keysOf = action;
    void loadEditor();
    void import("../answer/witness-box").catch(() => undefined);
    void import("../tables/access-tables").catch(() => undefined);
    const keys = await contextKeysFor(action);
    if (this.#keysOf !== action) return;
    this.keys = keys;
    this.listVersion = await actionListVersion();
  }

  async #handle(message: Message): Promise<void> {
    if (message.kind === "show-place") return this.#showPlace(message);
    if (message.kind === "show-row") return this.querySelector<AnswerView>("answer-view")?.showRow(message.section, message.index);
    if (message.kind === "bring") return this.#import((box) => box.openWith(message.text));
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

  #shortcut(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    const { history, state } = this.#controller;
    if (this.#controller.fileText !== undefined || !history.isSettled(state)) return;
    const redo = key === "y" || (key === "z" && event.shiftKey);
    if (redo ? history.redoLabel !== "" : key === "z" && history.undoLabel !== "") {
      event.preventDefault();
      void this.#handle({ kind: redo ? "redo" : "undo" });
    }
  }

  /** What is pasted beside every field is something to import. */
  #pasted(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (text.trim() === "" || event.composedPath().some(takesText) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    void this.#import((box) => box.openWith(text));
  }

  /**
   * Files that are dropped anywhere are something to import: a browser would open
   * them in place of the page. One JSON file on a card takes the place of its text.
   */
  #dropped(event: DragEvent): void {
    const on = event.composedPath();
    if (!event.dataTransfer || event.dataTransfer.files.length === 0 || on.some((node) => node instanceof HTMLDialogElement)) return;
    event.preventDefault();
    event.stopPropagation();
    const card = on.find((node): node is PolicyCard => node instanceof HTMLElement && node.localName === "policy-card");
    void this.#takeDrop(dropped(event.dataTransfer), event.dataTransfer.files.length === 1 ? card : undefined);
  }

  async #takeDrop(reading: Promise<ReadText>, card: PolicyCard | undefined): Promise<void> {
    const read = await reading;
    if (card && "text" in read && /^\s*[[{]/.test(read.text))
      return void tell(card, { kind: "section-replace", id: card.section.id, text: read.text, file: read.name });
    await this.#import((box) => box.openWithFiles(reading));
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

  async #import(open: (box: ImportBox) => Promise<void>): Promise<void> {
    await customElements.whenDefined("import-box");
    const box = this.querySelector<ImportBox>("import-box");
    if (box) await open(box);
  }

  /** Presses the button of an element that had not come when it was first pressed. */
  async #early(event: Event): Promise<void> {
    const element = (event.target as Element).closest("import-box, scenario-gallery, share-box");
    if (!element || customElements.get(element.localName)) return;
    await customElements.whenDefined(element.localName);
    await (element as PageElement).updateComplete;
    element.querySelector<HTMLElement>("button")?.click();
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
    const { state, judge, linked, notice, row, tables, arriving } = this.#controller;
    const { answers, stale, pending } = judge;
    return html`<a class="skip" href="#answer">Skip to the answer</a>
      ${this.#header()}
      <main ?inert=${arriving} aria-busy=${arriving}>
        ${
          notice === ""
            ? nothing
            : html`<div class="notice told" role="alert">
              <p class="trouble">${notice}</p>
              <button type="button" class="quiet" aria-label="Dismiss" @click=${() => tell(this, { kind: "dismiss" })}>✕</button>
            </div>`
        }
        ${this.#full()} ${linked ? html`<link-note .told=${linked} .answers=${stale || pending ? [] : answers} .page=${this.#controller}></link-note>` : nothing}
        <start-box .welcome=${this.#controller.welcome} .next=${this.#controller.diagnoser.result?.next ?? undefined}></start-box>
        <scenario-notes .state=${state}></scenario-notes>
        <div class="columns">
          ${repeat(
            NARROW.matches ? ["answer", "request", "policies"] : ["request", "policies", "answer"],
            (part) => part,
            (part) =>
              part === "answer"
                ? this.#answer()
                : part === "request"
                  ? this.#request()
                  : html`<policy-list .page=${this.#controller} .parts=${this.parts} .narrow=${NARROW.matches} .listVersion=${this.listVersion}></policy-list>`,
          )}
        </div>
        <policy-table .state=${state} .reader=${() => this.#controller.readers.of(IMPORTER)}></policy-table>
        <who-may .state=${state} .settled=${!stale && !pending} .reader=${() => this.#controller.readers.of(IMPORTER)}></who-may>
        <access-tables .answer=${judge.shown} .target=${row} .opened=${tables}></access-tables>
        ${this.#pin()}
      </main>
      ${this.#footer()}`;
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

  /** Storage has no room for what is typed. Nothing older goes unasked. */
  #full(): TemplateResult | typeof nothing {
    const { navigation, state } = this.#controller;
    if (navigation.drafts.keeping !== "full") return nothing;
    return html`<div class="notice told full" role="alert">
      <p class="trouble">This browser's storage is full: what you type is gone when the page is closed. Your older drafts are still there.</p>
      <button type="button" @click=${() => downloadScenario(state.title, scenarioText(state))}>Download this scenario</button>
      <button type="button" @click=${() => void this.querySelector<KeptDrafts>("kept-drafts")?.show()}>Choose drafts to forget</button>
    </div>`;
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
      .diagnosis=${diagnoser.result}
      .diagnosing=${diagnoser.busy}
      .diagnosisTrouble=${diagnoser.trouble}
      .commandAnswers=${diagnoser.answers}
      .noFix=${judge.noFix}
      .state=${state}
      .page=${this.#controller}
      .folded=${NARROW.matches}
      .link=${() => this.#linkAddress()}
      .chosen=${judge.chosen}
      ><div class="card first"><div class="verdict"><p class="why">The engine is loading…</p></div></div></answer-view
    >`;
  }

  async #linkAddress(): Promise<string> {
    const link = await this.#controller.link();
    return typeof link === "string" ? location.href.replace(/#.*$/s, "") + link : "";
  }

  #header(): TemplateResult {
    const { history, examples, importing, judge, nobodys, state } = this.#controller;
    const step = (kind: "undo" | "redo", label: string, what: string) =>
      html`<button type="button" class="link" ?disabled=${what === ""} title=${what} @click=${() => tell(this, { kind })}>
        ${label}<span class="hidden">${what === "" ? "" : `: ${what}`}</span>
      </button>`;
    return html`<header class="top">
      <h1>why403</h1>
      <p>AWS access decisions, explained. Nothing you paste leaves this page.</p>
      <div class="actions" @click=${(event: Event) => void this.#early(event)}>
        <button type="button" class="link" title="A blank scenario. What you typed stays under “Kept in this browser”." @click=${() => tell(this, { kind: "new", at: "" })}>New</button>
        ${step("undo", "Undo", history.undoLabel)} ${step("redo", "Redo", history.redoLabel)}
        <import-box .result=${importing.result} .busy=${importing.busy} .nobodys=${nobodys} .into=${state.title}>${early(html`Import<span class="wide"> an error</span>`)}</import-box>
        <scenario-gallery .examples=${examples}>${early(`Gallery${examples ? ` (${examples.examples.length})` : ""}`)}</scenario-gallery>
        <share-box
          .fileTitle=${state.title}
          .page=${this.#controller}
          .makeLink=${(redacted?: Redaction) => this.#controller.link(redacted)}
          .makeFile=${() => scenarioText(state)}
          .makeBlock=${(form: BlockForm, address: string, file: string) => this.#controller.block(form, address, file)}
          .answers=${judge.stale || judge.pending ? [] : judge.answers}
          >${early("Share")}</share-box>
      </div>
    </header>`;
  }

  #footer(): TemplateResult {
    const { navigation } = this.#controller;
    return html`<footer>
      <p>The engine runs in this page. No account, no tracking, no request to AWS. It explains policies; it can't see the parts you did not paste. <a href="licenses.txt">Licences</a></p>
      <kept-drafts .drafts=${() => navigation.drafts.list()} .keeping=${navigation.drafts.keeping}></kept-drafts>
    </footer>`;
  }

  /** On narrow screens the verdict stays in sight below the inputs. */
  #pin(): TemplateResult | typeof nothing {
    const { answer, stale } = this.#controller.judge;
    if (!answer) return nothing;
    const view = outcomeView(answer.outcome);
    return html`<a class="pin ${view.tone}" href="#answer"
      ><b>${view.glyph} ${view.word}</b>${stale ? html` <i>stale</i>` : nothing}<span>${answer.verdict}</span></a
    >`;
  }
}

customElements.define("why403-app", Why403App);
