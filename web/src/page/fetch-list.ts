import { html, nothing, type TemplateResult } from "lit";
import type { Command, Open } from "../engine/contract";
import type { CommandAnswers } from "../state/drafts";
import { tell } from "../state/messages";
import { commandTools } from "../answer/command-tools";

/**
 * What prints what is not known. A row stays until its policies are given or
 * there are none; one that is out of reach says so. What is known of each stands
 * on its card, or where that is added.
 */
export function fetchList(
  from: EventTarget,
  open: readonly Open[],
  answers: CommandAnswers,
  sure: ReadonlySet<string>,
  next: string,
): TemplateResult | typeof nothing {
  if (open.length === 0) return nothing;
  return html`<ul class="fetch" aria-label="What to fetch">
    ${open.map((each) =>
      each.commands.length === 0
        ? alone(from, each, sure.has(each.layer))
        : each.commands.map((command) => row(from, each, command, answers, command.id === next)),
    )}
  </ul>`;
}

/** Nothing prints it. Of some there can't be none. */
function alone(from: EventTarget, { layer, noun }: Open, sure: boolean): TemplateResult {
  if (sure) return html`<li><span><b>${noun}</b></span></li>`;
  return html`<li>
    <span id="fetch-${layer}"><b>${noun}</b></span>
    <span class="fetch-tools">
      <button type="button" class="link" aria-describedby="fetch-${layer}"
        @click=${() => tell(from, { kind: "layers", names: [layer], known: true })}>There is none</button>
    </span>
  </li>`;
}

function row(from: EventTarget, open: Open, command: Command, answers: CommandAnswers, next: boolean): TemplateResult {
  const { id, text, line } = command;
  const back = () => tell(from, { kind: "command-answer", id, text, answer: "" });
  const out = answers[id]?.answer === "denied";
  const tools = out
    ? html`<span class="soft">Out of reach.</span>
        <button type="button" class="link" aria-describedby="fetch-${id}" @click=${back}>I can run it</button>`
    : next
      ? html`<button type="button" class="link" aria-describedby="fetch-${id}" @click=${() => toCommand(id)}>Fetch this next</button>`
      : commandTools(from, command, `fetch-${id}`, "link");
  return html`<li class=${out ? "out" : ""}>
    <span id="fetch-${id}"><b>${open.noun}</b> <span class="fetch-text">${open.part ? "more, if there are any: " : ""}${text}</span></span>
    ${out || next || line === "" ? nothing : html`<code title=${line}>${line}</code>`}
    <span class="fetch-tools">${tools}</span>
  </li>`;
}

/** The command to run next stands in the diagnosis: its row leads there. */
function toCommand(id: string): void {
  const command = document.getElementById(`command-${id}`);
  if (!command) return;
  command.tabIndex = -1;
  command.focus({ preventScroll: true });
  command.scrollIntoView({ block: "center" });
}
