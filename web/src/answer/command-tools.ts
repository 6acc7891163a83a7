import { html, nothing, type TemplateResult } from "lit";
import type { Command } from "../engine/contract";
import { tell } from "../state/messages";
import "./why403-copy";

/**
 * What a person does with a command: copies it, or what to send to those who can
 * run it; or says that there is none, or that it can't be run.
 */
export function commandTools(from: EventTarget, command: Command, describedBy: string, look = ""): TemplateResult {
  const { id, text, line, letter, always } = command;
  const copied = line || letter;
  const say = (label: string, answer: "none" | "denied") =>
    html`<button type="button" class=${look} aria-describedby=${describedBy}
      @click=${() => tell(from, { kind: "command-answer", id, text, answer })}>${label}</button>`;
  return html`${
    copied === "" ? nothing : html`<why403-copy label=${line === "" ? "Copy what to send" : "Copy"} .text=${() => copied}></why403-copy>`
  }
  ${always ? nothing : say("There is none", "none")} ${say(letter === "" ? "I can't run this" : "They can't be asked", "denied")}`;
}
