import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { Answer, FieldFacts, Mode, Problem } from "../engine/contract";
import { isError } from "../engine/problem";
import { drawn, keptAs } from "../page/kept-as";
import { ListWindow } from "../page/list-window";
import { tell } from "../state/messages";
import { listChanged, PageElement } from "../page/page-element";
import { extraLines, mainLine, moreResources, type Line, type MainKey, type Request } from "../state/page-state";
import { problemList } from "../page/problem-list";
import { contextLine, KEY_LIST, type ProblemsAt } from "./context-lines";
import { expectedOutcome } from "./expected-outcome";
import { actionPrefix, isConditionKey, isOfCards, leavesRest, offeredKeys, oftenNeeded } from "./keys";
import { PRINCIPAL_LIST, principalForms, principalList } from "./principals";
import { requestTable, type Named, type RowTools } from "./request-table";
import { lineAt, requestSection } from "../scenario/scenario-text";

const PROBLEMS = "request-problems";

/** So many requests, and lines of a request, are drawn at once. */
const ROWS = 50;

/** A request among several. */
export interface RequestRow {
  index: number;
  name: string;
  /** How many requests there are. */
  count: number;
  remove(): void;
}

type RequestMenu = (from: EventTarget, row: RequestRow) => TemplateResult;

/** Who asks for what: the requests, the account switch, the three main fields and the other lines. */
export class RequestFields extends PageElement {
  static override properties = {
    requests: { attribute: false },
    active: { attribute: false },
    mode: { attribute: false },
    problems: { attribute: false, hasChanged: listChanged },
    answers: { attribute: false, hasChanged: listChanged },
    keys: { attribute: false, hasChanged: listChanged },
    stale: { attribute: false },
    menu: { attribute: false },
    help: { state: true },
    renamed: { state: true },
  };
  declare requests: readonly Request[];
  declare active: number;
  declare mode: Mode | undefined;
  /** The problems of all requests. */
  declare problems: readonly Problem[];
  /** The answers to all requests. */
  declare answers: readonly Answer[];
  /** The condition keys that the action of the shown request carries. */
  declare keys: readonly string[];
  /** True while the answers belong to an older text. */
  declare stale: boolean;
  /** Draws what else can be done with a request of several; without it there is a button that removes it. */
  declare menu: RequestMenu | undefined;
  /** True while the forms of a principal are shown. */
  declare help: boolean;
  /** What became of a name that was typed, where that is another one; or "". */
  declare renamed: string;

  readonly #shownRequests = new ListWindow(ROWS, "requests", () => this.requestUpdate());
  readonly #shownLines = new ListWindow(ROWS, "lines", () => this.requestUpdate());

  /** What gets the focus once the edit that a button asked for is drawn. */
  #focusNext: (() => HTMLElement | null | undefined) | undefined;
  #focused: HTMLElement | undefined;
  /** True from the click that adds a line until it is drawn. */
  #newLine = false;

  constructor() {
    super();
    this.problems = [];
    this.answers = [];
    this.keys = [];
    this.stale = false;
    this.help = false;
    this.renamed = "";
  }

  /** Puts the focus on the field of a line of the request's text. */
  async showLine(line: number): Promise<void> {
    const id = lineAt(this.#request, line)?.id;
    if (this.#shownLines.show(this.#rowsShown.findIndex((entry) => entry.id === id))) await this.updateComplete;
    this.querySelector<HTMLInputElement>(`[data-line="${id ?? ""}"]`)?.focus();
  }

  /** Adds a condition key that a statement reads, and goes to its value. */
  addKey(key: string): void {
    this.#addLine(key);
  }

  get #request(): Request {
    return this.requests[this.active] ?? { name: "", lines: [], want: "" };
  }

  /** The lines below the main fields. What the cards say of policies is no row, unless it has a problem or is being typed. */
  get #rowsShown(): readonly Line[] {
    const at = this.querySelector<HTMLElement>(".line :focus")?.dataset.line;
    const wrong = this.#problemsAt;
    return extraLines(this.#request, this.#typing).filter((line) => !isOfCards(line) || String(line.id) === at || wrong(line.id) !== "");
  }

  /** The line whose key has the focus: on the way to resource-account it is "resource". */
  get #typing(): string | undefined {
    return this.querySelector<HTMLElement>(".line .key:focus")?.dataset.line;
  }

  get #problems(): Problem[] {
    const section = requestSection(this.#request);
    return this.problems.filter((problem) => problem.section === section);
  }

  /** What is shown, and what was just added, is drawn. */
  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("active")) this.#shownRequests.show(this.active);
    if (changed.has("requests") && this.#newLine)
      this.#shownLines.show(this.#rowsShown.findIndex((line) => line.id === newestId(this.#request)));
    this.#newLine = false;
    const focused = document.activeElement;
    this.#focused = focused instanceof HTMLElement && this.contains(focused) ? focused : undefined;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has("requests")) return;
    // A row that is drawn at another place loses the focus.
    if (this.#focused?.isConnected && document.activeElement === document.body) this.#focused.focus();
    this.#focusNext?.()?.focus();
    this.#focusNext = undefined;
  }

  protected override render(): TemplateResult {
    const problems = this.#problems;
    const several = this.requests.length > 1;
    return html`<section class="request" aria-labelledby="request-title">
      <h2 id="request-title" class="hidden">Request</h2>
      ${several ? requestTable(this, this, this.#shownRequests, this.#tools, this.#named) : nothing}
      ${several ? html`<p class="renamed" role="status">${this.renamed}</p>` : nothing}
      ${several ? html`<div class="chips">${this.#addRequest()}</div>` : nothing}
      <div class="ask">
        ${this.#accounts()} ${this.#main("principal", "Principal")}
        ${this.help ? html`<div class="card" id="principal-help">${principalForms()}</div>` : nothing} ${this.#main("action", "Action")}
        ${this.#main("resource", "Resource")} ${moreResources(this.#request, this.#typing).map((line, i) => this.#more(line, i))}
      </div>
      ${this.#lines()}
      ${problems.length > 0 ? problemList(this, problems, { id: PROBLEMS }) : nothing}
    </section>`;
  }

  #accounts(): TemplateResult {
    const radio = (mode: Mode, label: string) =>
      html`<label
        ><input
          type="radio"
          name="accounts"
          value=${mode}
          .checked=${live(this.mode === mode)}
          @change=${() => tell(this, { kind: "switch-accounts" })}
        /><span>${label}</span></label
      >`;
    return html`<fieldset class="accounts">
      <legend class="label">Accounts</legend>
      <div class="segments">${radio("same-account", "Same account")}${radio("cross-account", "Cross-account")}</div>
    </fieldset>`;
  }

  /** The id of the list of problems, for the line that has one. */
  get #problemsAt(): ProblemsAt {
    const wrong = new Set(this.#problems.filter(isError).map((problem) => lineAt(this.#request, problem.line)?.id));
    return (id) => (id !== undefined && wrong.has(id) ? PROBLEMS : "");
  }

  #main(key: MainKey, label: string): TemplateResult {
    const line = mainLine(this.#request, key);
    const wrong = this.#problemsAt(line?.id);
    const who = key === "principal";
    return html`<div class="field ${key}">
      <label
        ><span class="label">${label}</span>
        <input
          class="code"
          data-line=${line?.id ?? ""}
          list=${who ? PRINCIPAL_LIST : nothing}
          autocomplete="off"
          spellcheck="false"
          autocapitalize="off"
          aria-invalid=${wrong === "" ? nothing : "true"}
          aria-describedby=${wrong === "" ? nothing : wrong}
          .value=${live(line?.value ?? "")}
          @focus=${showWhole}
          @pointerenter=${showWhole}
          @input=${(event: Event) => tell(this, { kind: "main-field", key, value: (event.target as HTMLInputElement).value })}
      /></label>
      ${who ? this.#help() : nothing}
    </div>`;
  }

  /** A resource that the call names besides the first. */
  #more(line: Line, i: number): TemplateResult {
    const wrong = this.#problemsAt(line.id);
    const label = `Resource ${i + 2}`;
    return html`<div class="field more">
      <label
        ><span class="label">${label}</span>
        <input
          class="code"
          data-line=${line.id}
          autocomplete="off"
          spellcheck="false"
          autocapitalize="off"
          aria-invalid=${wrong === "" ? nothing : "true"}
          aria-describedby=${wrong === "" ? nothing : wrong}
          .value=${live(line.value)}
          @focus=${showWhole}
          @pointerenter=${showWhole}
          @input=${(event: Event) =>
            tell(this, { kind: "line-edit", ids: [line.id], change: { value: (event.target as HTMLInputElement).value } })}
      /></label>
      <button type="button" class="quiet remove" aria-label="Remove ${label}" @click=${() => this.#removeLine(line.id, 0)}>✕</button>
    </div>`;
  }

  #help(): TemplateResult {
    return html`<button
        type="button"
        class="quiet help"
        aria-label="Principal formats"
        aria-expanded=${this.help ? "true" : "false"}
        aria-controls=${this.help ? "principal-help" : nothing}
        @click=${() => (this.help = !this.help)}
      >?</button>
      ${principalList()}`;
  }

  #lines(): TemplateResult {
    const lines = this.#rowsShown;
    const service = actionPrefix(this.#request);
    const missing = oftenNeeded(service).filter(({ key }) => !lines.some((line) => line.key === key));
    return html`<div class="context" role="group" aria-label="Context keys and other lines of the request">
      ${lines.length > 0 ? this.#rows(lines) : nothing} ${this.#keysHint(lines)}
      <div class="chips">
        <button type="button" class="chip add-key" @click=${() => this.#addLine()}>+ Context key</button>
        <button type="button" class="chip" @click=${() => this.#addLine("resource", "")}>+ Resource</button>
        ${missing.map((field) => this.#setting(field))} ${this.requests.length > 1 ? nothing : this.#addRequest()}
      </div>
      ${this.requests.length > 1 ? nothing : this.#expected()}
      <datalist id=${KEY_LIST}>${offeredKeys(service, this.keys).map((key) => html`<option value=${key}></option>`)}</datalist>
    </div>`;
  }

  #rows(lines: readonly Line[]): TemplateResult {
    const problemsAt = this.#problemsAt;
    // Where a row is on the page: it gets the focus of one that is removed above it.
    const shown = this.#shownLines.of(lines);
    const typing = this.#typing;
    // A further value stands behind the first, without the key, unless that is being typed.
    const joins = (i: number) =>
      isConditionKey(shown[i]?.key ?? "") && shown[i]?.key === shown[i - 1]?.key && String(shown[i]?.id) !== typing;
    const run = (i: number): readonly Line[] => (joins(i + 1) ? [shown[i + 1] as Line, ...run(i + 1)] : []);
    const row = (line: Line, i: number) =>
      contextLine(this, line, {
        problemsAt,
        joined: joins(i),
        more: run(i),
        add: (key) => this.#addLine(key),
        remove: () => this.#removeLine(line.id, i),
      });
    return html`<div class="lines">
      ${repeat(shown, (line) => line.id, row)} ${this.#shownLines.bar(lines.length)}
    </div>`;
  }

  /** What it means that a key has no value, or no row. */
  #keysHint(lines: readonly Line[]): TemplateResult | typeof nothing {
    const open = this.#request.lines.some(leavesRest);
    const some = lines.some(({ key }) => isConditionKey(key));
    if (!some && !open) return nothing;
    return html`<p
      class="hint">${some ? "Empty: the key is present with an empty value. " : ""}Without a row
      ${some ? "the" : "a context"} key is ${open ? "not known" : "absent"}.</p>`;
  }

  #setting({ key, label, any, values }: FieldFacts): TemplateResult {
    return html`<button type="button" class="chip" @click=${() => this.#addLine(key, any ? "" : values[0])}>+ ${label}</button>`;
  }

  #expected(): TemplateResult {
    return html`<div class="expects"><span class="label"
      aria-hidden="true">Expected</span>${expectedOutcome(this, this.#request, this.active, this.answers[0])}</div>`;
  }

  #addRequest(): TemplateResult {
    const add = () => {
      this.#focusNext = () => [...this.querySelectorAll<HTMLElement>(".requests .name")].at(-1);
      tell(this, { kind: "request-add" });
    };
    return html`<button type="button" class="chip add-request" @click=${add}>+ Request</button>`;
  }

  readonly #tools: RowTools = (index, name) => {
    const remove = () => this.#removeRequest(index);
    if (this.menu) return this.menu(this, { index, name, count: this.requests.length, remove });
    return html`<button type="button" class="quiet remove" aria-label="Remove ${name}" title="Remove" @click=${remove}>✕</button>`;
  };

  readonly #named: Named = async (index, typed) => {
    await drawn();
    this.renamed = typed.trim() === "" ? "" : keptAs(typed, this.requests[index]?.name ?? "");
  };

  #removeRequest(index: number): void {
    const first = index - this.#shownRequests.from(this.requests.length);
    this.#focusNext = () => {
      const rest = this.querySelectorAll<HTMLElement>(".requests .removal button");
      return rest[Math.min(first, rest.length - 1)] ?? this.querySelector<HTMLElement>(".add-request");
    };
    tell(this, { kind: "request-remove", index });
  }

  #addLine(key = "", value = ""): void {
    this.#newLine = true;
    this.#focusNext = () => {
      const field = this.querySelector<HTMLElement>(`[data-line="${newestId(this.#request)}"]`);
      const line = field?.closest(".line");
      return line ? line.querySelector<HTMLElement>(key === "" ? ".key" : "input.value, select, .value input") : field;
    };
    tell(this, { kind: "line-add", key, value });
  }

  #removeLine(id: number, index: number): void {
    this.#focusNext = () => {
      const rest = this.querySelectorAll<HTMLElement>(".line .remove");
      return rest[Math.min(index, rest.length - 1)] ?? this.querySelector<HTMLElement>(".add-key");
    };
    tell(this, { kind: "line-remove", id });
  }
}

/** The id of the line that was added last. */
function newestId({ lines }: Request): number {
  return lines.reduce((newest, { id }) => Math.max(newest, id), 0);
}

/** A text that does not fit into its field is shown whole beside the pointer. */
function showWhole(event: Event): void {
  const field = event.currentTarget as HTMLInputElement;
  field.title = field.scrollWidth > field.clientWidth ? field.value : "";
}

customElements.define("request-fields", RequestFields);
