import { html, nothing, type TemplateResult } from "lit";
import type { Answer } from "../engine/contract";
import type { Answered } from "../links/link";
import { outcomeView } from "../page/outcome-view";

/** So many requests whose answer changed are listed. */
const MOST = 20;

/**
 * A link tells what the engine answered when it was made. Where the engine
 * answers differently now, both answers are shown.
 */
export function linkNote(linked: Answered | undefined, answers: readonly Answer[]): TemplateResult | typeof nothing {
  const changed = answers.filter((answer, i) => linked?.outcomes[i] !== undefined && linked.outcomes[i] !== answer.outcome);
  if (!linked || changed.length === 0) return nothing;
  const word = (outcome: Answer["outcome"] | undefined) => (outcome === undefined ? "" : outcome === "allow" ? "allowed" : outcome);
  return html`<div class="notice" role="status">
    <p><b>The answer has changed.</b> This link was made with version ${linked.engine || "unknown"} of the engine, which answered differently.</p>
    <ul>
      ${changed.slice(0, MOST).map((answer) => {
        const then = linked.outcomes[answers.indexOf(answer)];
        return html`<li>
          ${answer.request === "" ? nothing : html`<b>${answer.request}</b>: `}then ${word(then)}, now
          <b class=${outcomeView(answer.outcome).tone}>${word(answer.outcome)}</b>
        </li>`;
      })}
      ${changed.length > MOST ? html`<li>and ${(changed.length - MOST).toLocaleString("en")} more</li>` : nothing}
    </ul>
  </div>`;
}
