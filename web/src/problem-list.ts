import { html, nothing, type TemplateResult } from "lit";
import { isError, type Problem } from "./contract";
import { tell } from "./messages";

function place(problem: Problem): string {
  return problem.line > 0 ? `${problem.line}:${problem.column}` : "";
}

/** A list of problems. Each one is a button that selects its place. */
export function problemList(from: EventTarget, problems: readonly Problem[], options: { id?: string; names?: boolean }): TemplateResult {
  return html`<ul class="problems" id=${options.id ?? nothing}>
    ${problems.map(
      (problem) => html`<li class=${isError(problem) ? "error" : "warning"}>
        <button
          type="button"
          @click=${() => {
            const { section, start, end, line } = problem;
            tell(from, { kind: "show-place", section, start, end, line });
          }}
        >
          <span class="where">${options.names ? `${problem.section} ` : ""}${place(problem)}</span>
          <span>${problem.message}</span>
        </button>
        ${problem.doc ? html`<a href=${problem.doc} rel="noreferrer">AWS page</a>` : nothing}
      </li>`,
    )}
  </ul>`;
}
