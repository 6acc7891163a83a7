// Writes the state as one scenario text, the only thing the engine reads.
import type { Line, PageState, Request, Section } from "./page-state";

/** The section name of a request. */
export function requestSection(request: Request): string {
  return request.name === "" ? "request" : `request/${request.name}`;
}

/** The lines of a request that are written. A row without a key is not finished yet. */
export function writtenLines(request: Request): readonly Line[] {
  return request.lines.filter((line) => line.key.trim() !== "");
}

/** True for a card that counts: an empty one stands for an absent policy. */
export function isPresent(section: Section): boolean {
  return section.text.trim() !== "";
}

function line({ key, value }: Line): string {
  return value === "" ? `${key}:\n` : `${key}: ${value}\n`;
}

function closed(text: string): string {
  return text.endsWith("\n") ? text : `${text}\n`;
}

/** The section name of the expected answer to a request. */
function wantSection(request: Request): string {
  return request.name === "" ? "want" : `want/${request.name}`;
}

/** Composes the scenario text. */
export function scenarioText(state: PageState): string {
  const parts = [closed(state.title || "Untitled"), "\n"];
  if (state.notes.trim() !== "") parts.push(closed(state.notes.trim()), "\n");
  for (const request of state.requests) {
    parts.push(`-- ${requestSection(request)} --\n`, ...writtenLines(request).map(line));
  }
  for (const section of state.sections) {
    if (isPresent(section)) parts.push(`-- ${section.name} --\n`, section.text, "\n");
  }
  for (const request of state.requests) {
    if (request.want.trim() !== "") parts.push(`-- ${wantSection(request)} --\n`, closed(request.want));
  }
  return parts.join("");
}
