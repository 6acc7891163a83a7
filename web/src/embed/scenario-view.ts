import { html, nothing, render, type TemplateResult } from "lit";
import "../answer/answer-view";
import { OUTCOMES, type Answer } from "../engine/contract";
import { isError } from "../engine/problem";
import type { AccessTable } from "../tables/table-files";
import { EngineError, IMPORTER } from "../engine/engine-client";
import type { Editing } from "../state/editing";
import { Judge } from "../state/judge";
import type { Answered } from "../links/link";
import { ListWindow } from "../page/list-window";
import { listen, type Message } from "../state/messages";
import { activeRequest, fromOpened, mainLine, type PageState } from "../state/page-state";
import { outcomeTag } from "../request/outcome-tag";
import { isPresent, scenarioText, writtenLines } from "../scenario/scenario-text";
import { engineStatus, sharedEngine } from "./engine";
import { announce, type Live, type Place, type Result } from "./live";
import { newContent, openLink, SHEETS } from "./look";
import { policies, type Spot } from "./policies";
import { readSource, SourceError, type Source } from "./source";
import { adopt } from "./styles";

const VIEWS = ["answer", "tables", "edit", "split"] as const;
type View = (typeof VIEWS)[number];

/** So many policies are drawn at once, and so many lines of a request, or requests. */
const POLICIES = 10;
const LINES = 50;

/** What a view needs beside the answer. */
interface Parts {
  fields?: typeof import("./fields");
  tables?: typeof import("./tables");
  table?: AccessTable;
}

/** The live view of <why403-scenario>. */
export class ScenarioView implements Live {
  result: Result | undefined;

  readonly #place: Place;
  readonly #judge: Judge;
  readonly #content = newContent();
  readonly #policies = new ListWindow(POLICIES, "policies", () => this.#draw());
  readonly #requests = new ListWindow(LINES, "requests", () => this.#draw());
  readonly #lines = new ListWindow(LINES, "lines", () => this.#draw());
  #state: PageState | undefined;
  /** The scenario as it was opened. */
  #source: Source = { text: "", outcomes: [], link: "" };
  #told: readonly Answer[] = [];
  #parts: Parts = {};
  #spot: Spot | undefined;
  #link = "";
  #opens = 0;
  #shown = false;
  #changes = new Set<string>();

  /** Without a text it reads what the src attribute names. */
  constructor(place: Place, text: string | undefined) {
    this.#place = place;
    this.#judge = new Judge(
      sharedEngine(place.base),
      () => (this.#editable ? sharedEngine(place.base, IMPORTER) : undefined),
      () => this.#judged(),
    );
    adopt(place.element, SHEETS);
    listen(this.#content, (message) => void this.#try(() => this.#handle(message)));
    if (text === undefined) void this.#read();
    else this.open(text);
  }

  get scenario(): string | undefined {
    return this.#state?.edited ? scenarioText(this.#state) : this.#source.text || undefined;
  }

  open(text: string): void {
    void this.#open(() => Promise.resolve({ text, outcomes: [], link: "" }));
  }

  /** Attributes often change together, and are taken together. */
  changed(name: string): void {
    if (this.#changes.size === 0) queueMicrotask(() => this.#change());
    this.#changes.add(name);
  }

  #change(): void {
    const names = this.#changes;
    this.#changes = new Set();
    if (names.has("src")) return void this.#read();
    if (names.has("expect")) this.#tell();
    void this.#try(async () => {
      await this.#loadParts();
      this.#draw();
    });
  }

  get #view(): View {
    const asked = this.#place.element.getAttribute("view");
    return VIEWS.find((view) => view === asked) ?? "answer";
  }

  get #editable(): boolean {
    return this.#view === "edit" || (this.#view !== "tables" && this.#place.element.hasAttribute("editable"));
  }

  async #read(): Promise<void> {
    const src = this.#place.element.getAttribute("src");
    if (src !== null) await this.#open(() => readSource(src));
  }

  async #open(read: () => Promise<Source>): Promise<void> {
    const asked = ++this.#opens;
    await this.#try(async () => {
      const source = await read();
      const opened = await sharedEngine(this.#place.base).call("open", source.text);
      await this.#loadParts();
      // Of several, the last one counts.
      if (asked !== this.#opens) return;
      const broken = opened.problems.find(isError);
      if (broken && opened.requests.length === 0) throw new SourceError(`The scenario can't be read: ${broken.message}`);
      this.#source = source;
      this.#spot = undefined;
      this.#place.note("");
      await this.#set(fromOpened(opened, this.#state));
    });
  }

  async #loadParts(): Promise<void> {
    const { element } = this.#place;
    if (this.#editable && !this.#parts.fields) {
      this.#parts.fields = await import("./fields");
      adopt(element, this.#parts.fields.SHEETS);
    }
    if (this.#view === "tables" && !this.#parts.tables) {
      this.#parts.tables = await import("./tables");
      adopt(element, this.#parts.tables.SHEETS);
    }
    await this.#loadTable();
  }

  /** Fetches the tables of the request's service, or else those of KMS. */
  async #loadTable(): Promise<void> {
    const { tables, table } = this.#parts;
    const { answer } = this.#judge;
    if (!tables || !answer || this.#view !== "tables") return;
    const id = answer.combination?.table ?? answer.service;
    if (table?.id === id) return;
    const of = (service: string) => tables.accessTable(this.#place.base, service);
    this.#parts.table = await of(id).catch(() => of("kms"));
  }

  async #set(state: PageState): Promise<void> {
    this.#state = state;
    await this.#judge.judge(state);
  }

  async #try(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      if (error instanceof SourceError || error instanceof EngineError) this.#fail(error.message);
      else this.#fail("A part of the live view could not be loaded.");
    }
  }

  #fail(message: string): void {
    this.#place.note(this.#shown ? message : `The live view is not shown. ${message} The text shown was correct when this page was built.`);
    announce(this.#place.element, "why403-error", { message });
  }

  #judged(): void {
    const { answer, answers, problems, trouble, stale, pending } = this.#judge;
    if (pending) return;
    if (!answer && !this.#editable) return this.#fail(trouble || (problems.find(isError)?.message ?? "There is no answer."));
    if (!stale && answers !== this.#told) this.#tell();
    void this.#try(async () => {
      await this.#loadTable();
      this.#draw();
      if (this.#shown) return;
      this.#shown = true;
      this.#place.show(this.#content);
      announce(this.#place.element, "why403-ready", {});
    });
  }

  /** Tells of the present answers. */
  #tell(): void {
    const { answer, answers, engineVersion } = this.#judge;
    if (!answer || !this.#state) return;
    this.#told = answers;
    const outcomes = answers.map((entry) => entry.outcome);
    const wanted = this.#state.edited ? [] : this.#expected;
    const met = wanted.length === 0 ? undefined : wanted.join() === outcomes.join();
    this.result = Object.freeze({ outcomes: Object.freeze(outcomes), verdict: answer.verdict, met });
    void this.#linkTo(this.#state, { engine: engineVersion, outcomes });
    announce(this.#place.element, "why403-decision", this.result);
  }

  /** Makes the address that opens what is shown. Of an unchanged link it is the link itself. */
  async #linkTo(state: PageState, answered: Answered): Promise<void> {
    let { link } = this.#source;
    if (link === "" || state.edited) {
      const { encodeLink } = await import("../links/link");
      const made = encodeLink(this.scenario ?? "", answered);
      link = typeof made === "string" ? made : "";
    }
    if (state !== this.#state) return;
    this.#link = link === "" ? "" : this.#place.base + link;
    this.#draw();
  }

  /** What the page says of the outcomes, or else the link. */
  get #expected(): readonly string[] {
    const words = this.#place.element
      .getAttribute("expect")
      ?.split(",")
      .map((word) => word.trim())
      .filter((word) => word !== "");
    return words && words.length > 0 ? words : this.#source.outcomes;
  }

  async #handle(message: Message): Promise<void> {
    const state = this.#state;
    if (!state) return;
    switch (message.kind) {
      case "choose-request":
        return this.#set({ ...state, active: message.index });
      case "show-place":
        return this.#showPlace(message);
      case "load":
        open(this.#place.base + (message.hash ?? ""), "_blank", "noopener");
        return;
      case "show-check":
        this.#judge.chosen = message.index;
        return this.#draw();
      case "start-engine":
        sharedEngine(this.#place.base);
        return this.#judge.judge(state);
      default:
        return this.#edit(state, message);
    }
  }

  /** Edits go the way that those of the page go. Without fields there are none. */
  async #edit(state: PageState, message: Message): Promise<void> {
    await this.#parts.fields?.edited(this.#editing(state), message);
    // A field that changed nothing goes back to what it was.
    this.#draw();
  }

  #editing(begun: PageState): Editing {
    const view = this;
    const client = sharedEngine(this.#place.base);
    return {
      get state() {
        return view.#state ?? begun;
      },
      judge: this.#judge,
      client,
      changed: () => this.#draw(),
      typed: (state) => {
        this.#place.note("");
        this.#state = state;
        this.#judge.judgeSoon(state);
      },
      step: (_, state) => void this.#set(state),
      load: async (text, { label, before = begun }) => {
        const opened = await client.call("open", text);
        // What was typed meanwhile is worth more than what took longer.
        if (this.#state !== before) return;
        const broken = opened.problems.find(isError);
        if (broken && opened.requests.length === 0) return this.#place.note(`Could not ${label}: ${broken.message}`);
        await this.#set({ ...fromOpened(opened, before), active: before.active, edited: true });
      },
      tell: (notice) => this.#place.note(notice),
      attempt: (run) => this.#try(run),
    };
  }

  async #showPlace(place: Message & { kind: "show-place" }): Promise<void> {
    if (!this.#state) return;
    if (this.#parts.fields && this.#editable) return this.#parts.fields.showInFields(this.#content, this.#state, place, this.#policies);
    this.#spot = place;
    this.#policies.show(this.#state.sections.filter(isPresent).findIndex(({ name }) => name === place.section));
    this.#draw();
    const details = this.#content.querySelector<HTMLDetailsElement>("details.policies");
    if (details) details.open = true;
    this.#content.querySelector(".spot")?.scrollIntoView({ block: "nearest" });
  }

  #draw(): void {
    const state = this.#state;
    if (!state) return;
    render(
      html`<p class="scenario-title">${state.title || "Untitled"}</p>
        ${this.#unmet()} ${this.#body(state)}
        ${openLink(this.#link)}`,
      this.#content,
    );
  }

  #body(state: PageState): TemplateResult {
    const { answer } = this.#judge;
    const { fields, tables, table } = this.#parts;
    if (this.#view === "tables" && tables && table)
      return tables.tables(table, this.#place.base, "", { id: answer?.combination?.id ?? "", answered: answer?.outcome });
    const request = fields && this.#editable ? fields.requestFields(state, this.#judge) : this.#request(state);
    const texts =
      fields && this.#editable
        ? fields.policyFields(state, this.#judge, this.#policies)
        : answer
          ? policies(state.sections, this.#judge, answer, this.#spot, this.#policies)
          : nothing;
    switch (this.#view) {
      case "split":
        return html`${request}<div class="columns"><div>${texts}</div>${this.#answer(state)}</div>`;
      case "edit":
        return html`${request}${texts}${this.#answer(state)}`;
      default:
        return html`${request}${this.#answer(state)}<details class="policies"><summary>Policies</summary>${texts}</details>`;
    }
  }

  #answer(state: PageState): TemplateResult {
    const { answer, problems, stale, pending, trouble, fixes } = this.#judge;
    return html`<answer-view
      .answer=${answer}
      .problems=${problems}
      .stale=${stale}
      .pending=${pending}
      .engine=${engineStatus()}
      .trouble=${trouble}
      .action=${mainLine(activeRequest(state), "action")?.value ?? ""}
      .fixes=${this.#editable ? fixes : []}
      .noFix=${this.#editable ? this.#judge.noFix : ""}
      .state=${state}
      .link=${() => Promise.resolve(this.#link)}
      .chosen=${this.#judge.chosen}
    ></answer-view>`;
  }

  /** The request to read; of several, the one that is shown and the choice. */
  #request(state: PageState): TemplateResult {
    const lines = writtenLines(activeRequest(state));
    const choose = (index: number) => void this.#try(() => this.#set({ ...state, active: index }));
    return html`${
      state.requests.length === 1
        ? nothing
        : html`<fieldset class="choices">
            <legend class="label">Request</legend>
            ${this.#requests.of(state.requests).map((request, place) => {
              const i = this.#requests.from(state.requests.length) + place;
              const answer = this.#judge.answers.find((entry) => entry.request === request.name);
              return html`<label
                ><input type="radio" name="request" .checked=${i === state.active} @change=${() => choose(i)}
                  /> ${request.name || `request ${i + 1}`}
                ${answer ? outcomeTag(answer.outcome) : nothing}</label
              >`;
            })}
            ${this.#requests.bar(state.requests.length)}
          </fieldset>`
    }
      <dl class="asked">
        ${this.#lines.of(lines).map(({ key, value }) => html`<div><dt>${key}</dt><dd><code>${value || "(empty)"}</code></dd></div>`)}
      </dl>
      ${this.#lines.bar(lines.length)}`;
  }

  #unmet(): TemplateResult | typeof nothing {
    if (this.result?.met !== false) return nothing;
    const unknown = this.#expected.find((word) => !OUTCOMES.some((outcome) => outcome === word));
    return html`<p class="unmet" role="alert">
      <b class="deny">✕ Not as expected.</b> This page says “${this.#expected.join(", ")}”. The engine answers
        “${this.result.outcomes.join(", ")}”.
      ${unknown === undefined ? nothing : html`“${unknown}” is not an outcome.`}
    </p>`;
  }
}
