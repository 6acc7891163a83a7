import { html, nothing, type TemplateResult } from "lit";
import type { Place, Problem } from "../engine/contract";
import { isError } from "../engine/problem";
import { tell } from "../state/messages";

/** A word that is perhaps misspelt. It keeps nothing from being judged. */
export interface Hint extends Place {
  message: string;
}

/** So many problems are listed. Who has more fixes some of these first. */
const MOST = 50;

interface Options {
  id?: string;
  /** True to name the section of each problem. */
  names?: boolean;
  hints?: readonly Hint[];
}

function entry(
  from: EventTarget,
  look: "error" | "warning" | "hint",
  problem: Place & { message: string; doc?: string },
  names: boolean,
): TemplateResult {
  const { section, start, end, line, column } = problem;
  return html`<li class=${look}>
    <button type="button" @click=${() => tell(from, { kind: "show-place", section, start, end, line })}>
      <span class="where">${names ? `${section} ` : ""}${line > 0 ? `${line}:${column}` : ""}</span>
      <span>${problem.message}</span>
    </button>
    ${problem.doc ? html`<a href=${problem.doc} rel="noreferrer">AWS page</a>` : nothing}
  </li>`;
}

/** A list of problems and hints. Each one is a button that selects its place. */
export function problemList(from: EventTarget, problems: readonly Problem[], options: Options): TemplateResult | typeof nothing {
  const { id, names = false, hints = [] } = options;
  if (problems.length + hints.length === 0) return nothing;
  const listed = problems.slice(0, MOST);
  const more = problems.length + hints.length - listed.length - Math.min(hints.length, MOST);
  return html`<ul class="problems" id=${id ?? nothing}>
    ${listed.map((problem) => entry(from, isError(problem) ? "error" : "warning", problem, names))}
    ${hints.slice(0, MOST).map((hint) => entry(from, "hint", hint, names))}
    ${more > 0 ? html`<li class="rest">and ${more.toLocaleString("en")} more</li>` : nothing}
  </ul>`;
}
