import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { Answer, Problem } from "../engine/contract";
import { isError } from "../engine/problem";
import type { ListWindow } from "../page/list-window";
import { committed } from "../page/committed";
import { tell } from "../state/messages";
import { FIRST_REQUEST, mainLine, type MainKey, type Request } from "../state/page-state";
import { requestSection } from "../scenario/scenario-text";
import { expectedOutcome } from "./expected-outcome";
import { outcomeTag } from "./outcome-tag";

/** What the table shows. */
export interface Asked {
  requests: readonly Request[];
  active: number;
  answers: readonly Answer[];
  problems: readonly Problem[];
  /** True while the answers belong to an older text. */
  stale: boolean;
}

/** Draws what can be done with a request, besides what its row shows. */
export type RowTools = (index: number, name: string) => TemplateResult;

/** Hears which name was typed. */
export type Named = (index: number, typed: string) => void;

/** All requests of a scenario that has several: what each asks, and its answer. */
export function requestTable(from: EventTarget, asked: Asked, drawn: ListWindow, tools: RowTools, named: Named): TemplateResult {
  const short = shortener(asked.requests);
  const first = drawn.from(asked.requests.length);
  // On narrow screens the rows are drawn as blocks. The roles keep it a table.
  return html`<div class="card requests">
    <table role="table" class=${asked.stale ? "old" : ""}>
      <caption>Requests <span>(${asked.requests.length})${asked.stale ? html`, answers are stale` : nothing}</span></caption>
      <thead role="rowgroup">
        <tr role="row">
          <th scope="col" role="columnheader"><span class="hidden">Shown</span></th>
          <th scope="col" role="columnheader">Name</th>
          <th scope="col" role="columnheader">Asks</th>
          <th scope="col" role="columnheader">Outcome</th>
          <th scope="col" role="columnheader">Expected</th>
          <td role="cell"></td>
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${repeat(
          drawn.of(asked.requests),
          (request, i) => request.lines[0]?.id ?? `at ${i}`,
          (request, i) => row(from, asked, request, first + i, short, tools, named),
        )}
      </tbody>
    </table>
    ${drawn.bar(asked.requests.length)}
  </div>`;
}

type Shorten = (arn: string) => string;

function row(
  from: EventTarget,
  asked: Asked,
  request: Request,
  index: number,
  short: Shorten,
  tools: RowTools,
  named: Named,
): TemplateResult {
  const name = request.name || FIRST_REQUEST;
  const answer = asked.answers.find((entry) => entry.request === request.name);
  const shown = index === asked.active;
  return html`<tr role="row" class=${shown ? "explained" : ""}>
    <td role="cell" class="pick">
      <label title="Explain this request"
        ><input
          type="radio"
          name="request"
          aria-label="Explain ${name}"
          .checked=${live(shown)}
          @change=${() => tell(from, { kind: "choose-request", index })}
      /></label>
    </td>
    <th scope="row" role="rowheader">${nameField(from, request, index, name, named)}</th>
    <td role="cell" class="asks">${asks(request, short)}</td>
    <td role="cell" class="answered">${outcome(asked, request, answer)}</td>
    <td role="cell" class="wants">${expectedOutcome(from, request, index, answer)}</td>
    <td role="cell" class="removal">${tools(index, name)}</td>
  </tr>`;
}

function nameField(from: EventTarget, request: Request, index: number, name: string, named: Named): TemplateResult {
  const rename = (event: Event) => {
    const field = event.target as HTMLInputElement;
    tell(from, { kind: "request-rename", index, name: field.value });
    named(index, field.value);
  };
  return html`<input
    class="name"
    aria-label="Name of ${name}"
    placeholder=${name}
    autocomplete="off"
    spellcheck="false"
    .value=${committed(request.name)}
    @change=${rename}
  />`;
}

function asks(request: Request, short: Shorten): TemplateResult {
  const value = (key: MainKey) => mainLine(request, key)?.value ?? "";
  return html`<code class="action">${value("action") || "–"}</code>
    <span class="parties" title="${value("principal")} → ${value("resource")}"
      ><code>${short(value("principal")) || "–"}</code> → <code>${short(value("resource")) || "–"}</code></span
    >`;
}

function outcome(asked: Asked, request: Request, answer: Answer | undefined): TemplateResult {
  const errors = asked.problems.filter((problem) => isError(problem) && problem.section === requestSection(request)).length;
  if (errors > 0) return html`<b class="deny">! ${errors === 1 ? "1 problem" : `${errors} problems`}</b>`;
  return answer ? outcomeTag(answer.outcome) : html`<span class="soft">– no answer</span>`;
}

function accountOf(arn: string): string {
  return arn.startsWith("arn:") ? (arn.split(":")[4] ?? "") : "";
}

/** Leaves out of an ARN what all requests share: all but the resource part, and the account if there is one only. */
function shortener(requests: readonly Request[]): Shorten {
  const arns = requests.flatMap((request) => [mainLine(request, "principal"), mainLine(request, "resource")]);
  const accounts = new Set(arns.map((line) => accountOf(line?.value ?? "")).filter((account) => account !== ""));
  return (arn) => {
    const parts = arn.split(":");
    if (parts[0] !== "arn" || parts.length < 6) return arn;
    const account = accounts.size > 1 ? accountOf(arn) : "";
    return `${account === "" ? "" : `${account} `}${parts.slice(5).join(":")}`;
  };
}
