// What a person has typed: one scenario, taken apart into fields and cards.
// States are never changed in place, so an older one can be put back.
import { OUTCOMES, type Opened, type Outcome } from "../engine/contract";

/** One `key: value` line of a request. */
export interface Line {
  readonly id: number;
  readonly key: string;
  readonly value: string;
}

/** What a person typed of a line; what it does not name stays as it is by then, however old the page that it was typed on. */
export type LineChange = Partial<Pick<Line, "key" | "value">>;

/** One request of the scenario. Most scenarios have one, without a name. */
export interface Request {
  readonly name: string;
  readonly lines: readonly Line[];
  /** The text of its want section: the expected outcome, then perhaps more. "" for none. */
  readonly want: string;
  /** The text that these very lines were read from, as it stood in the file. */
  readonly written?: { readonly lines: readonly Line[]; readonly text: string };
}

/** One section of the scenario that is no request, shown as a card. */
export interface Section {
  readonly id: number;
  readonly name: string;
  readonly text: string;
}

/** What a file looked like when it was opened, so that it comes back to the byte. */
export interface Opening {
  readonly title: string;
  readonly notes: string;
  /** The text before the first section, which title and notes were read from. */
  readonly comment: string;
  /** False where the last line had no end. */
  readonly closed: boolean;
}

/** Everything that a person can edit. */
export interface PageState {
  readonly title: string;
  readonly notes: string;
  readonly requests: readonly Request[];
  /** The request that is shown and answered. */
  readonly active: number;
  readonly sections: readonly Section[];
  /** The names of all sections of the file, in its order. New ones are not in it. */
  readonly order: readonly string[];
  readonly opening: Opening;
  /** True once the scenario differs from the one that was opened. */
  readonly edited: boolean;
}

/** What a request without a name is called, wherever it stands. */
export const FIRST_REQUEST = "request-1";

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

/** The resources that a call names besides the first. A line whose key is being typed is none yet. */
export function moreResources(request: Request, typing?: string): readonly Line[] {
  return request.lines
    .filter((line) => line.key === "resource")
    .slice(1)
    .filter((line) => String(line.id) !== typing);
}

/** The other lines of a request, among them a principal or an action given twice. */
export function extraLines(request: Request, typing?: string): readonly Line[] {
  const main = new Set([...MAIN_KEYS.map((key) => mainLine(request, key)), ...moreResources(request, typing)].map((line) => line?.id));
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
  return missing.length === 0 ? lines : [...missing.map((key) => ({ id: newId(), key, value: "" })), ...lines];
}

/** Cards that a file without entities always has: what most people begin with. */
const USUAL = ["resource.json", "identity/policy.json", "grants.json"];

function usualCards(sections: readonly Section[]): string[] {
  if (sections.some(({ name }) => name.startsWith("entity/"))) return [];
  const start = (name: string) => name.slice(0, name.indexOf("/") + 1) || name;
  return USUAL.filter((name) => !sections.some((section) => section.name.startsWith(start(name))));
}

function openedRequest(request: Opened["requests"][number], oldLines: readonly Line[]): Request {
  const read = request.lines.map(({ key, value }, i) => {
    const kept = oldLines[i];
    return { id: kept?.key === key ? kept.id : newId(), key, value };
  });
  const lines = withMainLines(read);
  // Line ends of other kinds are not kept, and what has no key would be lost as lines.
  const whole = lines === read && request.text !== "" && !request.text.includes("\r");
  return { name: request.name, want: lineEnds(request.want), lines, ...(whole ? { written: { lines, text: request.text } } : {}) };
}

/**
 * Turns an opened scenario into a state. Cards and lines that the old state
 * also had keep their ids, so that focus stays where it was.
 */
export function fromOpened(opened: Opened, old?: PageState): PageState {
  const ids = new Map(old?.sections.toReversed().map(({ name, id }) => [name, id]));
  const idOf = (name: string) => ids.get(name) ?? newId();
  const sections = opened.sections.map(({ name, text }) => ({ id: idOf(name), name, text: sectionText(text) }));
  sections.push(...usualCards(sections).map((name) => ({ id: idOf(name), name, text: "" })));
  const requests = opened.requests.length > 0 ? opened.requests : [{ name: "", text: "", lines: [], want: "" }];
  const oldLines = old && requests.length === 1 ? activeRequest(old).lines : [];
  const { title, notes, comment, closed } = opened;
  return {
    title,
    notes,
    requests: requests.map((request) => openedRequest(request, oldLines)),
    active: 0,
    sections,
    order: opened.order,
    opening: { title, notes, comment: lineEnds(comment), closed },
    edited: false,
  };
}
