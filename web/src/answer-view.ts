import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { isError, type Answer, type Problem } from "./contract";
import type { EngineStatus } from "./engine-client";
import { tell } from "./messages";
import { outcomeView, withCode } from "./outcome-view";
import { PageElement } from "./page-element";
import { problemList } from "./problem-list";
import { saidPath } from "./said-path";
import { statementTable } from "./statement-table";
import { waysIn } from "./ways-in";

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
    all: { state: true },
  };
  declare answer: Answer | undefined;
  declare problems: readonly Problem[];
  declare stale: boolean;
  declare engine: EngineStatus;
  /** What went wrong with the engine itself, or "". */
  declare trouble: string;
  declare action: string;
  declare pending: boolean;
  declare all: boolean;

  protected override render(): TemplateResult {
    const { answer } = this;
    return html`<h2 id="answer" class="hidden" tabindex="-1">Answer</h2>
      <div class="card first ${this.stale ? "stale" : ""}">
        <div class="verdict ${answer ? outcomeView(answer.outcome).tone : ""}" role="status" aria-live="polite" aria-atomic="true" aria-busy=${this.pending}>
          ${this.#staleNote()} ${answer ? this.#verdict(answer) : this.#waiting()}
        </div>
        ${this.#troubles()} ${answer ? this.#sentence(answer) : nothing}
      </div>
      ${answer
        ? html`<div class="facts ${this.stale ? "stale" : ""}">
            ${guard([answer, this.all], () => this.#facts(answer))}
          </div>`
        : nothing}`;
  }

  #facts(answer: Answer): TemplateResult {
    return html`${saidPath(answer)} ${waysIn(answer)} ${answer.statements.length > 0 ? statementTable(this, answer, this.all, () => (this.all = true)) : nothing}
    ${this.#notEvaluated(answer)} ${this.#links(answer)}`;
  }

  #verdict(answer: Answer): TemplateResult {
    const view = outcomeView(answer.outcome);
    return html`<p class="outcome">
        <span class="badge" aria-hidden="true">${view.glyph}</span><strong>${view.word}</strong> ${view.kind === "" ? nothing : html`<span class="kind">${view.kind}</span>`}
      </p>
      <p class="why">${withCode(answer.verdict, this.action)}</p>`;
  }

  #waiting(): TemplateResult {
    if (this.engine.kind === "failed") return html`<p class="outcome"><strong>No answer</strong></p>`;
    if (this.problems.some(isError)) {
      return html`<p class="outcome"><strong>No answer yet</strong></p>
        <p class="why">Fix the problem below first.</p>`;
    }
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
    ${this.engine.kind === "failed"
      ? html`<div class="trouble" role="alert">
          <p>The engine could not start: ${this.engine.message}. It needs WebAssembly, and the file page.wasm from this site. What you typed is kept.</p>
          <button type="button" @click=${() => tell(this, { kind: "start-engine" })}>Try again</button>
        </div>`
      : nothing}`;
  }

  #sentence(answer: Answer): TemplateResult {
    return html`${answer.also.length > 0 ? html`<ul class="also">${answer.also.map((line) => html`<li>${line}</li>`)}</ul>` : nothing}
    ${answer.message === ""
      ? nothing
      : html`<figure class="aws">
          <figcaption>AWS's own sentence, to compare with yours</figcaption>
          <blockquote>${answer.message}</blockquote>
        </figure>`}`;
  }

  #notEvaluated(answer: Answer): TemplateResult | typeof nothing {
    if (answer.notEvaluated.length === 0) return nothing;
    return html`<section class="card" aria-labelledby="not-evaluated-title">
      <h3 id="not-evaluated-title">Not evaluated</h3>
      ${problemList(this, answer.notEvaluated.map((problem) => ({ ...problem, severity: "warning" as const })), { names: true })}
    </section>`;
  }

  #links(answer: Answer): TemplateResult | typeof nothing {
    if (answer.links.length === 0) return nothing;
    return html`<nav class="links" aria-label="AWS pages behind this answer">
      <h3>The rules, in AWS's words</h3>
      <ul>
        ${answer.links.map((link) => html`<li><a href=${link.url} rel="noreferrer">${link.title}</a></li>`)}
      </ul>
    </nav>`;
  }
}

customElements.define("answer-view", AnswerView);
