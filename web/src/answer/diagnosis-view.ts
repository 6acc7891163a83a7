import { html, nothing, type TemplateResult } from "lit";
import type { Command, Diagnosis, Finding, Outcome } from "../engine/contract";
import type { CommandAnswers } from "../state/drafts";
import { tell } from "../state/messages";
import { commandLine } from "../page/command-line";
import { outcomeView } from "../page/outcome-view";
import { commandTools } from "./command-tools";

interface Look {
  glyph: string;
  word: string;
  tone: string;
}

/** How a verdict of the diagnosis looks. */
const VERDICTS: Record<Exclude<Diagnosis["verdict"], "">, Look> = {
  agrees: { glyph: "=", word: "They agree", tone: "agrees" },
  narrower: { glyph: "?", word: "Not all is known", tone: "unsure" },
  contradicts: { glyph: "≠", word: "They contradict each other", tone: "contradicts" },
};

/** Where there are no policies to hold AWS's message against, it leads by itself. */
function alone(said: Diagnosis["said"]): Look {
  if (!said) return { glyph: "?", word: "Nothing to compare", tone: "unsure" };
  return said.outcome === "" ? { glyph: "?", word: "Denied", tone: "unsure" } : outcomeView(said.outcome as Outcome);
}

function page(doc: string, of: string): TemplateResult | typeof nothing {
  return doc === "" ? nothing : html` <a href=${doc} rel="noreferrer">AWS page<span class="hidden"> on: ${of}</span></a>`;
}

function finding({ text, because, proof, section, line, doc }: Finding): TemplateResult {
  const place = section === "" ? nothing : html` <code>${section}${line > 0 ? `:${line}` : ""}</code>`;
  return html`<li>
    <p>${text}${place}${page(doc, text)}</p>
    ${
      because.length === 0 && proof === ""
        ? nothing
        : html`<p class="because">${because.join(" ")}${proof === "" ? nothing : html` <b>Proof would be:</b> ${proof}`}</p>`
    }
  </li>`;
}

function findings(title: string, all: readonly Finding[], id: string): TemplateResult | typeof nothing {
  return all.length === 0 ? nothing : html`<h4 id=${id}>${title}</h4><ul class="findings" aria-labelledby=${id}>${all.map(finding)}</ul>`;
}

function folded(summary: string, content: TemplateResult | typeof nothing): TemplateResult | typeof nothing {
  return content === nothing ? nothing : html`<details><summary>${summary}</summary>${content}</details>`;
}

function command(from: EventTarget, shown: Command): TemplateResult {
  const { id, text, line, letter, where, none, doc } = shown;
  return html`<div class="command-of">
    <p id="command-${id}">${text}${where === "" ? nothing : html` (in account <code>${where}</code>)`}${page(doc, text)}</p>
    ${
      line === "" && letter === ""
        ? nothing
        : html`${line === "" ? folded("What to send", html`<pre>${letter}</pre>`) : html`<pre><code>${commandLine(line)}</code></pre>`}
          <div class="row-of">${commandTools(from, shown, `command-${id}`)}</div>
          ${none === "" ? nothing : html`<p class="because">Where there is none, AWS prints: <code>${none}</code></p>`}`
    }
  </div>`;
}

/** What a person said is out of reach: it stays in the list, and can be taken back. */
function outOfReach(from: EventTarget, answers: CommandAnswers): TemplateResult | typeof nothing {
  const denied = Object.entries(answers).filter(([, { answer }]) => answer === "denied");
  if (denied.length === 0) return nothing;
  const back = (id: string, text: string) => tell(from, { kind: "command-answer", id, text, answer: "" });
  return html`<h4>Out of reach</h4>
    <ul class="findings">
      ${denied.map(
        ([id, { text }]) => html`<li class="row-of"><span>${text}</span><button type="button"
        @click=${() => back(id, text)}>I can run it<span class="hidden">: ${text}</span></button></li>`,
      )}
    </ul>`;
}

/** AWS's message held against the policies: do they agree, what is proved, what is left, and what to fetch next. */
export function diagnosisView(
  from: EventTarget,
  diagnosis: Diagnosis | undefined,
  busy: boolean,
  trouble: string,
  answers: CommandAnswers,
): TemplateResult | typeof nothing {
  if (!diagnosis) {
    if (trouble !== "")
      return html`<section class="card diagnosis"><p class="trouble" role="alert">There is no diagnosis. ${trouble}</p></section>`;
    return busy
      ? html`<section class="card diagnosis"><p role="status">Holding AWS's message against the policies…</p></section>`
      : nothing;
  }
  const { said, policies, verdict, why, proved, possible, ruledOut, next, later, edit, editWhy } = diagnosis;
  const { glyph, word, tone } = verdict === "" ? alone(said) : VERDICTS[verdict];
  return html`<section class="card diagnosis is-${tone} ${busy ? "stale" : ""}" aria-labelledby="diagnosis-title" aria-busy=${busy}>
    <h3 id="diagnosis-title">AWS's message and the policies</h3>
    <p class="held"><b class=${tone}><span aria-hidden="true">${glyph} </span>${word}.</b> ${why}</p>
    <dl class="details">
      ${said ? html`<div><dt>AWS said</dt><dd>${said.text}</dd></div>` : nothing}
      ${
        policies.verdict === ""
          ? nothing
          : html`<div><dt>The policies say</dt><dd>${
              policies.outcome === "depends" ? "That depends on what is not known: see below." : policies.verdict
            }</dd></div>`
      }
    </dl>
    ${next ? html`<h4>Fetch next</h4>${command(from, next)}` : nothing}
    ${findings("Proved", proved, "proved-title")} ${findings("Still possible", possible, "possible-title")}
    ${later.length === 0 ? nothing : folded(`After that (${later.length})`, html`${later.map((each) => command(from, each))}`)}
    ${outOfReach(from, answers)}
    ${folded(`Ruled out (${ruledOut.length})`, ruledOut.length === 0 ? nothing : html`<ul class="findings">${ruledOut.map(finding)}</ul>`)}
    ${edit || editWhy === "" ? nothing : html`<p class="because">No change is offered: ${editWhy}</p>`}
  </section>`;
}
