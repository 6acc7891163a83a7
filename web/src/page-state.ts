// What a person has typed: one scenario, taken apart into fields and cards.
// States are never changed in place, so an older one can be put back.
import { OUTCOMES, type Opened, type Outcome } from "./contract";

/** One `key: value` line of a request. */
export interface Line {
  readonly id: number;
  readonly key: string;
  readonly value: string;
}

/** One request of the scenario. Most scenarios have one, without a name. */
export interface Request {
  readonly name: string;
  readonly lines: readonly Line[];
  /** The text of its want section: the expected outcome, then perhaps more. "" for none. */
  readonly want: string;
}

/** One policy section of the scenario, shown as a card. */
export interface Section {
  readonly id: number;
  readonly name: string;
  readonly text: string;
}

/** Everything that a person can edit. */
export interface PageState {
  readonly title: string;
  readonly notes: string;
  readonly requests: readonly Request[];
  /** The request that is shown and answered. */
  readonly active: number;
  readonly sections: readonly Section[];
  /** True once the scenario differs from the one that was opened. */
  readonly edited: boolean;
}

/** The fields that every request has. */
export const MAIN_KEYS = ["principal", "action", "resource"] as const;
export type MainKey = (typeof MAIN_KEYS)[number];

let lastId = 0;

/** A number that no other line or card of this page has. */
export function newId(): number {
  return ++lastId;
}

/** The request that is shown. */
export function activeRequest(state: PageState): Request {
  return state.requests[state.active] ?? { name: "", lines: [], want: "" };
}

/** The outcome that a person expects of a request, or "". */
export function expected(request: Request): Outcome | "" {
  return OUTCOMES.find((outcome) => outcome === request.want.split("\n", 1)[0]?.trim()) ?? "";
}

/** The line behind one of the main fields. */
export function mainLine(request: Request, key: MainKey): Line | undefined {
  return request.lines.find((line) => line.key === key);
}

/** The other lines of a request, among them a main key given twice. */
export function extraLines(request: Request): readonly Line[] {
  const main = new Set(MAIN_KEYS.map((key) => mainLine(request, key)?.id));
  return request.lines.filter((line) => !main.has(line.id));
}

// Text areas turn every line end into "\n". The text does the same, so that
// the engine's offsets are right in both.
function lineEnds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

// The last line end of a section belongs to the file, not to the policy.
function sectionText(text: string): string {
  return lineEnds(text).replace(/\n$/, "");
}

function withMainLines(lines: readonly Line[]): readonly Line[] {
  const missing = MAIN_KEYS.filter((key) => !lines.some((line) => line.key === key));
  return [...missing.map((key) => ({ id: newId(), key, value: "" })), ...lines];
}

/**
 * Turns an opened scenario into a state. Cards and lines that the old state
 * also had keep their ids, so that focus stays where it was.
 */
export function fromOpened(opened: Opened, old?: PageState): PageState {
  const oldLines = old ? activeRequest(old).lines : [];
  const cards = ["resource.json", "identity/", "grants.json"];
  const sections = opened.sections.map(({ name, text }) => ({
    id: old?.sections.find((section) => section.name === name)?.id ?? newId(),
    name,
    text: sectionText(text),
  }));
  for (const card of cards) {
    if (sections.some((section) => section.name.startsWith(card))) continue;
    const name = card.endsWith("/") ? `${card}policy.json` : card;
    sections.push({ id: old?.sections.find((section) => section.name === name)?.id ?? newId(), name, text: "" });
  }
  const requests = opened.requests.length > 0 ? opened.requests : [{ name: "", lines: [], want: "" }];
  return {
    title: opened.title,
    notes: opened.notes,
    requests: requests.map((request) => ({
      name: request.name,
      want: request.want,
      lines: withMainLines(
        request.lines.map(({ key, value }, i) => {
          const kept = oldLines[i];
          return { id: kept?.key === key && requests.length === 1 ? kept.id : newId(), key, value };
        }),
      ),
    })),
    active: 0,
    sections,
    edited: false,
  };
}
