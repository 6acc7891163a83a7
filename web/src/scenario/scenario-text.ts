// Writes the state as one scenario text, the only thing the engine reads.
import type { Line, PageState, Request, Section } from "../state/page-state";
import { kindOf, placed } from "./sections";

/** The section name of a request. */
export function requestSection(request: Request): string {
  return request.name === "" ? "request" : `request/${request.name}`;
}

/** The lines of a request that are written. A row without a key is not finished yet. */
export function writtenLines(request: Request): readonly Line[] {
  return request.lines.filter((line) => line.key.trim() !== "");
}

/** The line of a request that stands on a line of its text, from 1. */
export function lineAt(request: Request, number: number): Line | undefined {
  const { lines, written } = request;
  if (written?.lines !== lines) return writtenLines(request)[number - 1];
  const above = written.text.split("\n").slice(0, number);
  return above.at(-1)?.trim() === "" ? undefined : lines[above.filter((text) => text.trim() !== "").length - 1];
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
export function wantSection(request: Request): string {
  return request.name === "" ? "want" : `want/${request.name}`;
}

/** A section as it is written: its marker and its text. */
interface Piece {
  name: string;
  text: string;
  /** New ones stand behind the others of their rank. */
  rank: number;
}

const [REQUEST, POLICY, ERROR, WANT] = [0, 1, 2, 3];

function piecesOf(state: PageState): Piece[] {
  const requests = state.requests.map((request) => {
    const { lines, written } = request;
    return {
      name: requestSection(request),
      rank: REQUEST,
      text: written?.lines === lines ? written.text : writtenLines(request).map(line).join(""),
    };
  });
  const sections = state.sections
    .filter((section) => isPresent(section) || kindOf(section).type === "header")
    .map(({ name, text }) => ({ name, rank: kindOf({ name }).type === "error" ? ERROR : POLICY, text: text === "" ? "" : `${text}\n` }));
  const wants = state.requests
    .filter(({ want }) => want.trim() !== "")
    .map((request) => ({ name: wantSection(request), rank: WANT, text: closed(request.want) }));
  return [...requests, ...sections, ...wants];
}

/**
 * The place for a new piece: behind the last one of its folder, a header before the first; else behind the last one
 * that is not ranked after it.
 */
function placeFor(piece: Piece, among: readonly Piece[]): number {
  const { folder, rest } = placed(piece.name);
  const mate = (other: Piece) => folder !== "" && placed(other.name).folder === folder;
  if (among.some(mate)) return rest === "" ? among.findIndex(mate) : among.findLastIndex(mate) + 1;
  return among.findLastIndex((other) => other.rank <= piece.rank) + 1;
}

/** The pieces as the file had them, and new ones at their place. */
function inFileOrder(state: PageState): Piece[] {
  const rest = piecesOf(state);
  const out: Piece[] = [];
  for (const name of state.order) {
    const at = rest.findIndex((piece) => piece.name === name);
    if (at >= 0) out.push(...rest.splice(at, 1));
  }
  for (const piece of rest) out.splice(placeFor(piece, out), 0, piece);
  return out;
}

function comment({ title, notes, opening, order }: PageState): string {
  if (order.length > 0 && title === opening.title && notes === opening.notes) return opening.comment;
  return `${closed(title || "Untitled")}\n${notes.trim() === "" ? "" : `${closed(notes.trim())}\n`}`;
}

/** Composes the scenario text. What was not edited is as it was in the file. */
export function scenarioText(state: PageState): string {
  const pieces = inFileOrder(state);
  const text = comment(state) + pieces.map((piece) => `-- ${piece.name} --\n${piece.text}`).join("");
  return !state.opening.closed && pieces.at(-1)?.name === state.order.at(-1) ? text.replace(/\n$/, "") : text;
}
