// What the engine and the page say to each other: text in, JSON out.
// The page shows these facts. It never works out an outcome itself.

/** The methods of the engine. Each takes one text and returns JSON. */
export type Method = "evaluate" | "open" | "combinations" | "format" | "switchAccounts";

/** Whether the caller and the resource belong to one account. */
export type Mode = "same-account" | "cross-account";

/** The three outcomes, in the words of the IAM guide. */
export type Outcome = "allow" | "implicit deny" | "explicit deny";

/** What one policy type said about the request. */
export type Word = "allows" | "delegates" | "denies" | "silent" | "absent" | "not applicable";

/** A place in a section. Offsets count UTF-16 units in the section's text. */
export interface Place {
  section: string;
  start: number;
  end: number;
  line: number;
  column: number;
}

/** Something wrong with the input, at its place. */
export interface Problem extends Place {
  code: string;
  message: string;
  doc?: string;
  severity?: "error" | "warning";
}

/** One policy type and what it said. */
export interface Said {
  type: string;
  label: string;
  said: Word;
  detail: string;
  decided: boolean;
}

/** One way to be allowed, open or closed. */
export interface Way {
  side: "same-account" | "caller" | "resource";
  title: string;
  open: boolean;
  detail: string;
  near: boolean;
  doc?: string;
}

/** One statement or grant, with the first element that failed. */
export interface StatementRow {
  section: string;
  label: string;
  index: number;
  sid: string;
  effect: string;
  matched: boolean;
  decided: boolean;
  names: string;
  reason: string;
  miss: string;
  start: number;
  end: number;
  missStart: number;
  missEnd: number;
}

/** A page of the AWS documentation. */
export interface DocLink {
  title: string;
  url: string;
}

/** The answer to one request of a scenario. */
export interface Answer {
  request: string;
  mode: Mode;
  service: string;
  outcome: Outcome;
  deniedBy: string;
  verdict: string;
  message: string;
  also: string[];
  said: Said[];
  waysRule: string;
  ways: Way[];
  statements: StatementRow[];
  notEvaluated: Problem[];
  combination: { id: string } | null;
  links: DocLink[];
}

/** One row of the KMS access combinations. */
export interface Row {
  id: string;
  mode: Mode;
  keyPolicy: string;
  iam: string;
  grant: string;
  keyPolicyLabel: string;
  iamLabel: string;
  grantLabel: string;
  outcome: Outcome;
  minimal: boolean;
  reason: string;
  scenario: string;
}

/** A worked example that comes with the engine. */
export interface Example {
  file: string;
  title: string;
  outcome: Outcome;
  text: string;
}

/** A scenario file taken apart, every text verbatim. */
export interface Opened {
  title: string;
  notes: string;
  requests: { name: string; lines: { key: string; value: string }[] }[];
  sections: { name: string; text: string }[];
  problems: Problem[];
}

/** What each method returns once its JSON is read. */
export interface Results {
  evaluate: { problems: Problem[]; answers: Answer[] };
  open: Opened;
  combinations: { rows: Row[] };
  format: { text: string; problems: Problem[] };
  switchAccounts: { text: string; mode: Mode; problems: Problem[] };
}

/** True for a problem that keeps the engine from answering. */
export function isError(problem: Problem): boolean {
  return problem.severity !== "warning";
}
