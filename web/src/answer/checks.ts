import { html, nothing, type TemplateResult } from "lit";
import type { Answer, Check, Possible } from "../engine/contract";
import { tell } from "../state/messages";
import { outcomeTag } from "../request/outcome-tag";

/** The number of the check that is looked at. */
export function shownCheck(answer: Answer, chosen: number | undefined): number {
  return chosen !== undefined && chosen < answer.checks.length ? chosen : answer.decisive;
}

function page(doc: string, of: string): TemplateResult | typeof nothing {
  return doc === "" ? nothing : html` <a href=${doc} rel="noreferrer">AWS page<span class="hidden"> on ${of}</span></a>`;
}

/** Whether a check is why the call fails. A call that is allowed is allowed by all of them. */
export function decides({ checks, decisive, outcome }: Answer, index: number): boolean {
  return checks.length > 1 && index === decisive && outcome !== "allow";
}

/** Which check the verdict is about, where that is not plain: "check 2 of 2". */
export function whichCheck(answer: Answer): string {
  const { checks, decisive } = answer;
  return decides(answer, decisive) ? `check ${decisive + 1} of ${checks.length}` : "";
}

/** The resource part of an ARN says who it is; the whole is there to see and to copy. */
function who(arn: string): TemplateResult {
  const short = arn.startsWith("arn:") ? arn.split(":").slice(5).join(":") : arn;
  return html`<code title=${arn}>${short}</code>`;
}

function partsTable(check: Check): TemplateResult | typeof nothing {
  if (check.parts.length === 0) return nothing;
  return html`<table class="parts">
    <caption>Not all that the pattern covers comes to the same</caption>
    <thead><tr><th scope="col">Such as</th><th scope="col">Outcome</th></tr></thead>
    <tbody>
      ${check.parts.map((part) => html`<tr><th scope="row"><code>${part.resource}</code></th><td>${outcomeTag(part.outcome)}</td></tr>`)}
    </tbody>
  </table>`;
}

function entry(from: EventTarget, answer: Answer, index: number, shown: boolean): TemplateResult | typeof nothing {
  const check = answer.checks[index];
  if (!check) return nothing;
  const one = answer.checks.length === 1;
  const words = html`${outcomeTag(check.outcome)} <code class="action">${check.action}</code> <span
    class="on">on <code>${check.resource}</code></span>
    <span class="by">by ${who(check.principal)}</span> ${decides(answer, index) ? html`<span class="tag">decides</span>` : nothing}`;
  const show = () => tell(from, { kind: "show-check", index });
  return html`<li class=${shown && !one ? "shown" : ""}>
    ${
      one
        ? html`<p class="check">${words}</p>`
        : html`<button type="button" class="check" aria-pressed=${shown} @click=${show}>${words}</button>`
    }
    ${
      check.why === "" && check.doc === "" ? nothing : html`<p class="because">${check.why}${page(check.doc, check.why)}</p>`
    } ${partsTable(check)}
  </li>`;
}

function also(possible: Possible): TemplateResult {
  const comes = possible.outcome === "" ? nothing : html`: ${outcomeTag(possible.outcome)}`;
  const why = possible.why === "" ? nothing : html` (${possible.why})`;
  return html`<p
    class="possible">If ${possible.if}, AWS also asks for <code>${possible.action}</code>${comes}${why}.${page(
      possible.doc,
      possible.action,
    )}</p>`;
}

/** What AWS checks for the call, in its order, where that is more than one thing; and what it may ask besides. */
export function checkList(from: EventTarget, answer: Answer, chosen: number | undefined): TemplateResult | typeof nothing {
  const { checks, possible } = answer;
  const listed = checks.length > 1 || checks.some((check) => check.parts.length > 0);
  if (!listed) return possible.length === 0 ? nothing : html`<div class="card quiet-card">${possible.map(also)}</div>`;
  const shown = shownCheck(answer, chosen);
  const rule = checks.length > 1 ? html`<span class="rule">The first that fails is the answer. Choose one to see why.</span>` : nothing;
  return html`<section class="card checks" aria-labelledby="checks-title">
    <h3 id="checks-title">What this call asks ${rule}</h3>
    <ol>
      ${checks.map((_, i) => entry(from, answer, i, i === shown))}
    </ol>
    ${possible.map(also)}
  </section>`;
}

/** What came of the check that the facts below belong to, where the verdict does not say so. */
export function checkHead(answer: Answer, chosen: number | undefined): TemplateResult | typeof nothing {
  const shown = shownCheck(answer, chosen);
  const check = answer.checks[shown];
  const facts = check?.answer;
  if (!facts) return nothing;
  return html`<section class="card which" aria-labelledby="which-title">
    <h3 id="which-title">Check ${shown + 1} of ${answer.checks.length}: <code>${check.action}</code> ${outcomeTag(check.outcome)}</h3>
    <p>${facts.verdict}</p>
    ${facts.message !== "" ? html`<blockquote>${facts.message}</blockquote>` : nothing}
  </section>`;
}

/** What is to be said of the request: it was read otherwise than it stands there, or AWS never asks it so. */
export function notes(answer: Answer): TemplateResult | typeof nothing {
  if (answer.notes.length === 0) return nothing;
  return html`<ul class="remarks" aria-label="About this request">
    ${answer.notes.map((note) => html`<li><span aria-hidden="true">i</span><p>${note.message}${page(note.doc, "this")}</p></li>`)}
  </ul>`;
}
