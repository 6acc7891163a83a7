import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { watchAnswerHeight } from "./answer-height";
import { Controller } from "./controller";
import { listen, tell, type Message } from "./messages";
import { outcomeView } from "./outcome-view";
import { PageElement } from "./page-element";
import { activeRequest, mainLine, type Section } from "./page-state";
import type { PolicyCard } from "./policy-card";
import type { RequestFields } from "./request-fields";
import { requestSection, scenarioText } from "./scenario-text";
import { scenarioNotes } from "./scenario-notes";
import { cardLabel, inCardOrder, kindOf, KINDS, type Kind } from "./sections";

/** A role trust policy is the resource-based policy of its role. */
function saidType(type: string): string {
  return type === "trust" ? "resource" : type;
}

/** The whole page: it draws what the controller holds. */
export class Why403App extends PageElement {
  #controller = new Controller(() => this.requestUpdate());

  override connectedCallback(): void {
    // The static header of index.html makes place for the drawn one.
    this.replaceChildren();
    super.connectedCallback();
    listen(this, (message) => void this.#handle(message));
    document.addEventListener("keydown", (event) => this.#keys(event));
    this.#controller.start();
  }

  protected override firstUpdated(): void {
    watchAnswerHeight(this.querySelector("answer-view"));
  }

  async #handle(message: Message): Promise<void> {
    if (message.kind === "show-place") return this.#showPlace(message.section, message.start, message.end, message.line);
    const adds = message.kind === "line-add" || message.kind === "section-add";
    await this.#controller.handle(message);
    if (!adds) return;
    // A person who asks for a new row or card wants to type in it.
    await this.updateComplete;
    const fresh = message.kind === "line-add" ? this.querySelectorAll<HTMLElement>(".line .key") : this.querySelectorAll<HTMLElement>(`policy-card[data-section^="${message.section.prefix}"] textarea`);
    [...fresh].at(-1)?.focus();
  }

  #keys(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const key = event.key.toLowerCase();
    const { history, state } = this.#controller;
    if (!history.isSettled(state)) return;
    const redo = key === "y" || (key === "z" && event.shiftKey);
    if (redo ? history.redoLabel !== "" : key === "z" && history.undoLabel !== "") {
      event.preventDefault();
      void this.#handle({ kind: redo ? "redo" : "undo" });
    }
  }

  #showPlace(section: string, start: number, end: number, line: number): void {
    if (section === requestSection(activeRequest(this.#controller.state))) {
      this.querySelector<RequestFields>("request-fields")?.showLine(line);
      return;
    }
    const cards = [...this.querySelectorAll<PolicyCard>("policy-card")];
    cards.find((card) => card.section.name === section)?.showRange(start, end);
  }

  protected override render(): TemplateResult {
    const { state, judge, rows, engine } = this.#controller;
    const { answer, problems, stale, pending, mode, trouble } = judge;
    const request = activeRequest(state);
    const action = mainLine(request, "action")?.value ?? "";
    return html`${this.#header()}
      <main>
        ${scenarioNotes(state)}
        <request-fields
          .requests=${state.requests}
          .active=${state.active}
          .mode=${mode}
          .problems=${problems.filter((problem) => problem.section === requestSection(request))}
        ></request-fields>
        <div class="columns">
          <section aria-labelledby="policies-title">
            <h2 id="policies-title" class="hidden">Policies</h2>
            ${repeat(inCardOrder(state.sections), (section) => section.id, (section) => this.#card(section))}
            ${this.#chips()}
          </section>
          <answer-view
            .answer=${answer}
            .problems=${problems}
            .stale=${stale}
            .pending=${pending}
            .engine=${engine}
            .trouble=${trouble}
            .action=${action}
          ></answer-view>
        </div>
        <combination-tables .rows=${rows} .mine=${answer?.combination?.id ?? ""}></combination-tables>
        ${this.#pin()}
      </main>
      ${this.#footer()}`;
  }

  #header(): TemplateResult {
    const { history, examples } = this.#controller;
    const step = (kind: "undo" | "redo", label: string, what: string) =>
      html`<button type="button" class="link" ?disabled=${what === ""} title=${what} @click=${() => tell(this, { kind })}>
        ${label}<span class="hidden">${what === "" ? "" : `: ${what}`}</span>
      </button>`;
    return html`<header class="top">
      <h1>why403</h1>
      <p>AWS access decisions, explained. Nothing you paste leaves this page.</p>
      <div class="actions">
        ${step("undo", "Undo", history.undoLabel)} ${step("redo", "Redo", history.redoLabel)}
        <scenario-file .text=${() => scenarioText(this.#controller.state)}></scenario-file>
        <example-list .examples=${examples}></example-list>
      </div>
    </header>`;
  }

  #card(section: Section): TemplateResult {
    const { state, judge } = this.#controller;
    const { answer, problems, stale } = judge;
    const kind = kindOf(section);
    const alike = state.sections.filter((entry) => kindOf(entry).type === kind.type).length;
    const said = answer?.said.find((entry) => saidType(entry.type) === kind.type);
    return html`<policy-card
      data-section=${section.name}
      .section=${section}
      .label=${cardLabel(section, judge.resourceLabel)}
      .said=${alike === 1 ? said : undefined}
      .rows=${answer?.statements.filter((row) => row.section === section.name) ?? []}
      .problems=${problems.filter((problem) => problem.section === section.name)}
      .stale=${stale}
      .moved=${judge.hasMoved(section)}
      .removable=${kind.type !== "resource" && kind.type !== "grant" && !(kind.type === "identity" && alike === 1)}
    ></policy-card>`;
  }

  #chips(): TemplateResult {
    const has = (kind: Kind) => this.#controller.state.sections.some((section) => kindOf(section) === kind);
    return html`<div class="chips">
      ${KINDS.filter((kind) => kind.add && (kind.several || !has(kind))).map(
        (kind) => html`<button type="button" class="chip" @click=${() => tell(this, { kind: "section-add", section: kind })}>+ ${kind.add}</button>`,
      )}
    </div>`;
  }

  #footer(): TemplateResult {
    return html`<footer>
      <p>The engine runs in this page. No account, no tracking, no request to AWS. It explains policies; it can't see the parts you did not paste.</p>
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
