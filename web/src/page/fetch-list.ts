import { html, nothing, type TemplateResult } from "lit";
import type { Command, Open } from "../engine/contract";
import type { CommandAnswers } from "../state/drafts";
import { tell } from "../state/messages";
import { commandTools } from "../answer/command-tools";

/**
 * What is not known, each with what prints it. A row stays until its policies
 * are given or there are none; one that is out of reach says so.
 */
export function fetchList(from: EventTarget, open: readonly Open[], answers: CommandAnswers): TemplateResult | typeof nothing {
  if (open.length === 0) return nothing;
  return html`<ul class="fetch" aria-label="What to fetch">
    ${open.map((each) => (each.commands.length === 0 ? alone(from, each) : each.commands.map((command) => row(from, each, command, answers))))}
  </ul>`;
}

function title({ noun, part }: Open): TemplateResult {
  return html`<b>${noun}</b>${part ? html` <span class="soft">others not known</span>` : nothing}`;
}

/** Nothing prints it. */
function alone(from: EventTarget, open: Open): TemplateResult {
  const { layer } = open;
  return html`<li>
    <span id="fetch-${layer}">${title(open)}</span>
    <span class="fetch-tools">
      <button type="button" class="link" aria-describedby="fetch-${layer}" @click=${() => tell(from, { kind: "layers", names: [layer], known: true })}>There is none</button>
    </span>
  </li>`;
}

function row(from: EventTarget, open: Open, command: Command, answers: CommandAnswers): TemplateResult {
  const { id, text, line } = command;
  const back = () => tell(from, { kind: "command-answer", id, text, answer: "" });
  const out = answers[id]?.answer === "denied";
  return html`<li class=${out ? "out" : ""}>
    <span id="fetch-${id}">${title(open)} <span class="fetch-text">${text}</span></span>
    ${out || line === "" ? nothing : html`<code title=${line}>${line}</code>`}
    <span class="fetch-tools">
      ${
        out
          ? html`<span class="soft">Out of reach.</span>
            <button type="button" class="link" aria-describedby="fetch-${id}" @click=${back}>I can run it</button>`
          : commandTools(from, command, `fetch-${id}`, "link")
      }
    </span>
  </li>`;
}
