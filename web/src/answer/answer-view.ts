import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { live } from "lit/directives/live.js";
import "./why403-copy";
import type { Fillings } from "./depends-list";
import { checkHead, checkList, notes, shownCheck, whichCheck } from "./checks";
import { saidPath } from "./said-path";
import { showRow } from "./show-row";
import { ROWS, rowsOf, statementTable } from "./statement-table";
import { waysIn } from "./ways-in";
import type { Answer, Diagnosis, Facts, Fix, Problem } from "../engine/contract";
import { isError } from "../engine/problem";
import type { EngineStatus } from "../engine/engine-client";
import { ListWindow } from "../page/list-window";
import type { CommandAnswers } from "../state/drafts";
import { tell } from "../state/messages";
import { outcomeView, withCode } from "../page/outcome-view";
import { PageElement } from "../page/page-element";
import type { Page } from "../state/asking";
import type { PageState } from "../state/page-state";
import { problemList } from "../page/problem-list";

/** The answer: verdict, AWS's sentence, and every fact behind them. */
export class AnswerView extends PageElement {
  static override properties = {
    answer: { attribute: false },
    problems: { attribute: false },
    stale: { attribute: false },
    engine: { attribute: false },
    trouble: { attribute: false },
    action: { attribute: false },
    pending: { attribute: false },
    fixes: { attribute: false },
    fillable: { attribute: false },
    filling: { attribute: false },
    diagnosis: { attribute: false },
    diagnosing: { attribute: false },
    diagnosisTrouble: { attribute: false },
    commandAnswers: { attribute: false },
    parts: { state: true },
    diagnosisParts: { state: true },
    fixParts: { state: true },
    noFix: { attribute: false },
    state: { attribute: false },
    page: { attribute: false },
    folded: { attribute: false },
    link: { attribute: false },
    chosen: { attribute: false },
    drawn: { state: true },
    opened: { state: true },
  };
  declare answer: Answer | undefined;
  declare problems: readonly Problem[];
  declare stale: boolean;
  declare engine: EngineStatus;
  /** What went wrong with the engine itself, or "". */
  declare trouble: string;
  declare action: string;
  declare pending: boolean;
  /** What would let the whole call in. */
  declare fixes: readonly Fix[];
  /** True where a scenario can be opened in which all is known. */
  declare fillable: boolean;
  /** True while it is made. */
  declare filling: boolean;
  /** AWS's message held against the policies, where there is one. */
  declare diagnosis: Diagnosis | undefined;
  declare diagnosing: boolean;
  declare diagnosisTrouble: string;
  /** What was said of the commands that the diagnosis asks for. */
  declare commandAnswers: CommandAnswers;
  declare fixParts: typeof import("./fix-list") | undefined;
  declare diagnosisParts: typeof import("./diagnosis-view") | undefined;
  /** What only some answers need, once it is fetched. */
  declare parts: typeof import("./depends-list") | undefined;
  /** Why there are none, or "". */
  declare noFix: string;
  /** True where there is little room: what does not say what to do is folded. */
  declare folded: boolean;
  /** What the answer belongs to. */
  declare state: PageState | undefined;
  /** The page, for what few readers ask; undefined where there is none. */
  declare page: Page | undefined;
  /** Makes the address that opens this case; "" where there is none. */
  declare link: (() => Promise<string>) | undefined;
  /** The check of the call that is looked at; undefined for the one that decides. */
  declare chosen: number | undefined;
  /** Counts the parts of the statements that were asked for. */
  declare drawn: number;
  /** The fix that is being looked at. */
  declare opened: Fix | undefined;

  readonly #window = new ListWindow(ROWS, "statements", () => this.drawn++);

  constructor() {
    super();
    this.drawn = 0;
    this.folded = false;
    this.fixes = [];
    this.fillable = false;
    this.filling = false;
    this.diagnosing = false;
    this.diagnosisTrouble = "";
    this.commandAnswers = {};
    this.noFix = "";
  }

  /** Brings the row of a statement into view. */
  async showRow(section: string, index: number): Promise<void> {
    const find = () =>
      [...this.querySelectorAll<HTMLElement>(".statements tbody tr")].find(
        (row) => row.dataset.section === section && row.dataset.index === String(index),
      );
    const place = this.answer ? rowsOf(this.answer).findIndex((row) => row.section === section && row.index === index) : -1;
    if (this.#window.show(place)) await this.updateComplete;
    showRow(find());
  }

  protected override willUpdate(): void {
    const unfetched = () => tell(this, { kind: "unfetched" });
    if (!this.fixParts && (this.fixes.length > 0 || this.noFix !== "")) {
      import("./fix-list").then((parts) => (this.fixParts = parts), unfetched);
    }
    if (!this.diagnosisParts && this.diagnosing) {
      import("./diagnosis-view").then((parts) => (this.diagnosisParts = parts), unfetched);
    }
    const open = (facts: Facts | null | undefined) => facts?.depends != null;
    if (this.parts || !(open(this.answer) || this.answer?.checks.some((check) => open(check.answer)))) return;
    // Without it the verdict still says on what it depends.
    import("./depends-list").then((parts) => (this.parts = parts), unfetched);
  }

  /** Fixes come later, above the row that a reader was led to: it is marked until the focus leaves it. */
  protected override updated(): void {
    this.querySelector(".statements .shown")?.scrollIntoView({ block: "nearest" });
  }

  protected override render(): TemplateResult {
    const { answer } = this;
    return html`<h2 id="answer" class="hidden" tabindex="-1">Answer</h2>
      ${this.diagnosisParts?.diagnosisView(this, this.diagnosis, this.diagnosing, this.diagnosisTrouble, this.commandAnswers)}
      <div class="card first ${this.stale ? "stale" : ""}">
        <div class="verdict ${answer ? outcomeView(answer.outcome).tone : ""}" role="status" aria-live="polite" aria-atomic="true"
          aria-busy=${live(String(this.pending))} tabindex="-1">
          ${this.#staleNote()} ${answer ? this.#verdict(answer) : this.#waiting()}
        </div>
        ${this.#troubles()} ${answer ? html`${notes(answer)} ${this.#sentence(answer)} ${this.#copies(answer)}` : nothing}
      </div>
      ${
        answer
          ? html`<div class="facts ${this.stale ? "stale" : ""}">
            ${this.parts?.dependsList(answer, this.#fillings())} ${checkList(this, answer, this.chosen)} ${checkHead(answer, this.chosen)}
            ${this.#facts(answer.checks[shownCheck(answer, this.chosen)]?.answer ?? answer)}
          </div>`
          : nothing
      }`;
  }

  #facts(answer: Facts): TemplateResult {
    const fixes = {
      all: this.stale || this.diagnosis?.edit === false ? [] : this.fixes,
      reason: this.stale || this.diagnosis?.edit === false ? "" : this.noFix,
      opened: this.opened,
      toggle: (fix: Fix) => (this.opened = this.opened === fix ? undefined : fix),
      apply: (fix: Fix) => this.#apply(fix),
    };
    // The statements can be many, so they are drawn only when they change.
    return html`${answer === this.answer ? nothing : this.parts?.dependsList(answer, undefined)} ${saidPath(answer, !this.folded)}
    ${answer === this.answer ? this.fixParts?.fixList(answer, fixes) : nothing} ${waysIn(answer, !this.folded)}
    ${guard([answer, this.drawn, this.folded], () =>
      answer.statements.length > 0
        ? statementTable(this, answer, rowsOf(answer), this.#window, !this.folded, this.page !== undefined)
        : nothing,
    )}
    ${this.#notEvaluated(answer)} ${
      answer === this.answer && this.page ? html`<witness-box .page=${this.page} .answer=${answer}></witness-box>` : nothing
    } ${this.#links(answer)}`;
  }

  #fillings(): Fillings | undefined {
    if (!this.fillable || this.stale) return undefined;
    return { busy: this.filling, open: (allowed) => tell(this, { kind: "fill", allowed }) };
  }

  // The button goes away with the closed way, and what it did is the new verdict.
  #apply(fix: Fix): void {
    tell(this, { kind: "apply-fix", fix });
    this.querySelector<HTMLElement>(".verdict")?.focus();
  }

  #verdict(answer: Answer): TemplateResult {
    const view = outcomeView(answer.outcome);
    return html`<p class="outcome">
        <span class="badge" aria-hidden="true">${view.glyph}</span><strong>${view.word}</strong> ${
          view.kind === ""
            ? nothing
            : html`<span class="kind">${[view.kind, whichCheck(answer)].filter((words) => words !== "").join(" · ")}</span>`
        }
      </p>
      <p class="why">${withCode(answer.verdict, answer.checks[answer.decisive]?.action ?? this.action)}</p>`;
  }

  #waiting(): TemplateResult {
    if (this.engine.kind === "failed") return html`<p class="outcome"><strong>No answer</strong></p>`;
    if (this.problems.some(isError)) {
      return html`<p class="outcome"><strong>No answer yet</strong></p>
        <p class="why">Fix the problem below first.</p>`;
    }
    // A failure says itself what became of the engine, see #troubles.
    if (this.trouble !== "") return html`<p class="outcome"><strong>No answer</strong></p>`;
    return html`<p class="why">The engine is loading…</p>`;
  }

  #staleNote(): TemplateResult | typeof nothing {
    if (!this.stale) return nothing;
    const why = this.problems.some(isError) ? "fix the problem first" : "the engine could not answer";
    return html`<p class="note"><span aria-hidden="true">⚠ </span><b>Stale</b>: ${why}. This is the last answer.</p>`;
  }

  #troubles(): TemplateResult {
    const errors = this.problems.filter(isError);
    return html`${errors.length > 0 ? problemList(this, errors, { names: true }) : nothing}
    ${this.trouble === "" || this.engine.kind === "failed" ? nothing : html`<p class="trouble" role="alert">${this.trouble}</p>`}
    ${
      this.engine.kind === "failed"
        ? html`<div class="trouble" role="alert">
          <p>The engine could not start: ${this.engine.message}.
            It needs WebAssembly, and the file page.wasm from this site. What you typed is kept.</p>
          <button type="button" @click=${() => tell(this, { kind: "start-engine" })}>Try again</button>
        </div>`
        : nothing
    }`;
  }

  #sentence(answer: Answer): TemplateResult {
    return html`${answer.also.length > 0 ? html`<ul class="also">${answer.also.map((line) => html`<li>${line}</li>`)}</ul>` : nothing}
    ${
      answer.message === ""
        ? nothing
        : html`<figure class="aws">
          <figcaption>AWS's own sentence, to compare with yours</figcaption>
          <blockquote>${answer.message}</blockquote>
        </figure>`
    }`;
  }

  #copies(answer: Answer): TemplateResult | typeof nothing {
    // A stale answer does not belong to the policies on the page.
    const whole = this.state !== undefined;
    if (this.stale || (answer.message === "" && !whole)) return nothing;
    return html`<div class="copies">
      ${
        answer.message === ""
          ? nothing
          : html`<why403-copy label="Copy the sentence" .text=${() => answer.message}
            .shown=${() => this.querySelector(".aws blockquote")}></why403-copy>`
      }
      ${whole ? html`<why403-copy label="Copy as Markdown" .text=${() => this.#markdown(answer)}></why403-copy>` : nothing}
    </div>`;
  }

  async #markdown(answer: Answer): Promise<string> {
    const { state } = this;
    if (!state) return "";
    const { pageMarkdown } = await import("./report");
    return pageMarkdown(state, answer, (await this.link?.()) ?? "");
  }

  #notEvaluated(answer: Facts): TemplateResult | typeof nothing {
    if (answer.notEvaluated.length === 0) return nothing;
    return html`<section class="card" aria-labelledby="not-evaluated-title">
      <h3 id="not-evaluated-title">Not evaluated</h3>
      ${problemList(
        this,
        answer.notEvaluated.map((problem) => ({ ...problem, severity: "warning" as const })),
        { names: true },
      )}
    </section>`;
  }

  #links(answer: Facts): TemplateResult | typeof nothing {
    if (answer.links.length === 0) return nothing;
    return html`<nav class="links" aria-label="AWS pages behind this answer">
      <h3>The rules, in AWS's words</h3>
      <ul>
        ${[...new Map(answer.links.map((link) => [link.url, link])).values()].map(
          (link) => html`<li><a href=${link.url} rel="noreferrer">${link.title}</a></li>`,
        )}
      </ul>
    </nav>`;
  }
}

customElements.define("answer-view", AnswerView);
