import { html, nothing, type TemplateResult } from "lit";
import type { Imported } from "../engine/contract";
import { commandLine } from "../page/command-line";

/** What to paste or to look at next, each with the command that prints it. */
export function nextSteps(
  next: Imported["next"],
  copy: (command: string) => void,
  heading = "Paste next",
): TemplateResult | typeof nothing {
  if (next.length === 0) return nothing;
  return html`<h3>${heading}</h3>
    <ol class="next">
      ${next.map(
        ({ text, command }, i) => html`<li>
          <span id="next-${i}">${text}</span>
          ${
            command === ""
              ? nothing
              : html`<span class="command"
                ><code>${commandLine(command)}</code><button type="button" aria-describedby="next-${i}" @click=${() => copy(command)}>Copy<span
                  class="hidden"> the command</span></button></span
              >`
          }
        </li>`,
      )}
    </ol>`;
}
