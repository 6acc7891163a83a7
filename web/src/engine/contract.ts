// What the engine and the page say to each other: text in, JSON out.
// The page shows these facts. It never works out an outcome itself.

/** The methods of the engine. Each takes one text and returns JSON. */
export type Method =
  | "evaluate"
  | "open"
  | "format"
  | "hints"
  | "switchAccounts"
  | "fixes"
  | "fillings"
  | "diagnose"
  | "changes"
  | "who"
  | "policyTable"
  | "witness"
  | "redact"
  | "block"
  | "service"
  | "import"
  | "translate";

/** Whether the caller and the resource belong to one account. */
export type Mode = "same-account" | "cross-account";

/** The three outcomes in the words of the IAM guide, and a fourth where what is not known decides. */
export const OUTCOMES = ["allow", "implicit deny", "explicit deny", "depends"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What one policy type said about the request. */
export type Word = "allows" | "delegates" | "denies" | "silent" | "absent" | "not applicable" | "not known";

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
  /** Whose account the policies are in; a VPC endpoint is in the network between. */
  side: "caller" | "resource" | "network";
  said: Word;
  detail: string;
  decided: boolean;
}

/** One way to be allowed, open or closed. */
export interface Way {
  side: "same-account" | "caller" | "resource";
  title: string;
  open: boolean;
  /** True where what is not known opens or closes it. */
  unsure: boolean;
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
  /** True where what is not known decides whether it matches. */
  open: boolean;
  decided: boolean;
  names: string;
  reason: string;
  miss: string;
  start: number;
  end: number;
  missStart: number;
  missEnd: number;
  /** How much keeps it from matching: less is nearer, 0 where it matches. */
  lacking: number;
  /** What the reason is about. */
  marks: { start: number; end: number }[];
}

/** A change that lets a request in. The engine has judged every request of the scenario with it. */
export interface Fix {
  request: string;
  /** What is changed: "change the request", "mend a statement", "add a statement", "add a grant", "lift a deny", "several changes". */
  kind: string;
  title: string;
  /** What it gives beyond the request, in sentences. */
  loosens: string[];
  /** What else to know of it, in sentences. */
  notes: string[];
  /** True for one that gives up something which its author had asked for. */
  weakens: boolean;
  /** Who alone can make it, or "". */
  owner: string;
  /** What to send to the owner, or "". */
  letter: string;
  /** The whole scenario with it. */
  text: string;
  /** The sections that it changes; `old` is "" for a new one. */
  edits: { section: string; old: string; text: string }[];
  /** What becomes of every request of the scenario. */
  results: { request: string; before: Outcome; after: Outcome }[];
  /** It in the forms that tools take. */
  exports: { form: string; label: string; text: string }[];
}

/** What a pasted text was taken for, and the scenario that it makes. */
export interface Imported {
  kind: string;
  /** The scenario, or "" while nothing can be made of it. */
  text: string;
  /** False for a scenario, which says itself what is not known. */
  fragment: boolean;
  /** "hcl" or "yaml" where `translate` has to make JSON of the text first, or "". */
  syntax: string;
  /** The policy types that the scenario has more of than the present one. */
  brought: string[];
  understood: string[];
  unknown: string[];
  next: { text: string; command: string }[];
  choices: { id: string; label: string }[];
  /** The id of the choice that this is, or "". */
  chosen: string;
  /** Why that is taken, or why nothing is before a choice: a sentence, or "". */
  why: string;
  /** References that the text leaves open, with what stands in their place: "" where their name does. */
  fields: { name: string; value: string }[];
  problems: Problem[];
}

/** What an answer depends on. */
export interface Depends {
  /** What decides, in the words of a line "unknown: …". */
  on: string[];
  /** Each is enough to be allowed, whatever else is so; the smallest come first. */
  allowedIf: { clauses: string[] }[];
  /** Each is enough to be denied. */
  deniedIf: { clauses: string[] }[];
  /** What is not known and changes nothing. */
  whatever: string[];
  /** True where there may be more in each list. */
  partial: boolean;
}

/** A scenario in which everything that was not known is filled in. */
export interface Filling {
  request: string;
  /** What it comes to. */
  outcome: Outcome;
  text: string;
}

/** One explanation of AWS's message, or one fact. */
export interface Finding {
  text: string;
  because: string[];
  /** What would prove it; "" where it is proved or ruled out. */
  proof: string;
  /** Where in the policies it is, and "" and 0 for nowhere. */
  section: string;
  line: number;
  doc: string;
}

/** Something to run, and to paste the output of. */
export interface Command {
  id: string;
  text: string;
  /** For a shell; "" where there is nothing to run. */
  line: string;
  /** The account to run it in, or "". */
  where: string;
  /** What AWS prints where there is no such thing, or "". */
  none: string;
  doc: string;
}

/** AWS's message held against the policies. */
export interface Diagnosis {
  said: { text: string; outcome: string; type: string; policy: string } | null;
  policies: {
    outcome: Outcome | "";
    verdict: string;
    /** What there is none of, as a line "none: …" names it. */
    none: string[];
  };
  verdict: "agrees" | "narrower" | "contradicts" | "";
  why: string;
  proved: Finding[];
  /** The most likely first. */
  possible: Finding[];
  ruledOut: Finding[];
  next: Command | null;
  later: Command[];
  /** False while a policy that an edit would replace is not known. */
  edit: boolean;
  editWhy: string;
  missing: string[];
}

/** A request that an older engine answered otherwise. */
export interface Change {
  request: string;
  /** The rules that can have changed the answer, the newest first; none where no rule of the changelog explains it. */
  rules: { version: string; text: string; page: string }[];
}

/** One check of a request, as AWS's own simulator is asked about it. */
export interface Question {
  action: string;
  resource: string;
  outcome: Outcome;
  /** Why it can't be asked; then there are no commands. */
  cannot: { text: string; doc: string }[];
  /** What the commands leave out. */
  left: { text: string; doc: string }[];
  /** What the engine answers without that, a sentence; "" where it is the same. */
  asked: string;
  /** The call with the policies of the scenario. */
  custom: string;
  /** The call about the policies that the caller has in AWS. */
  attached: string;
  /** Null without an output. */
  verdict: { agrees: boolean; line: string; reasons: string[] } | null;
}

/** A scenario with stand-ins for its names, and the proof that its answers stay. */
export interface Redaction {
  /** The scenario; "" where nothing could be made of it. */
  text: string;
  /** Tells the names: never a part of what is shared. `why` says what would change without a name that is kept. */
  replaced: { class: string; old: string; new: string; times: number; kept: boolean; why: string }[];
  /** What was left out, in words. */
  removed: string[];
  /** What to look at before it is sent, in sentences. */
  look: string[];
  /** `judged` is false where there are no answers to compare; `differs` is what is not the same. */
  proof: { proved: boolean; judged: boolean; requests: number; checks: number; steps: number; ways: number; differs: string[] };
  missing: string[];
}

/** A page of the AWS documentation. */
export interface DocLink {
  title: string;
  url: string;
}

/** What the SCPs or the RCPs of one level of an organization said. Levels that were not looked at are not listed. */
export interface Level {
  /** The sections of its policies, those that have statements. */
  sections: string[];
  said: "denies" | "not known" | "allows" | "silent" | "does not deny";
}

/** The answer to one authorization. */
export interface Facts {
  mode: Mode;
  service: string;
  /** 12 digits, or "" for callers without an account. */
  callerAccount: string;
  /** 12 digits, or "" where it is not known. */
  resourceAccount: string;
  outcome: Outcome;
  deniedBy: string;
  verdict: string;
  /** Null where all is known. */
  depends: Depends | null;
  message: string;
  also: string[];
  said: Said[];
  waysRule: string;
  ways: Way[];
  statements: StatementRow[];
  levels: Level[];
  notEvaluated: Problem[];
  /** The case of the tables of combinations that the request is, and the table that has it. */
  combination: { table: string; id: string } | null;
  links: DocLink[];
}

/** The answer to one request of a scenario: that of the check that decides it. */
export interface Answer extends Facts {
  request: string;
  /** All checks that the call makes, in order; at least one. */
  checks: Check[];
  /** The check that decides: an index into checks. */
  decisive: number;
  /** What is to be said of the request beside its answer. */
  notes: { code: string; message: string; doc: string }[];
  /** What is not given of what could count for any check. */
  layers: Layer[];
  /** Checks that AWS makes too if something is so that the scenario does not tell. */
  possible: Possible[];
}

/** One authorization of a call. */
export interface Check {
  action: string;
  resource: string;
  principal: string;
  /** What makes AWS ask it; "" for the action that was asked for. */
  why: string;
  doc: string;
  outcome: Outcome;
  deniedBy: string;
  /** Where the resource is a pattern: parts of it that come to different outcomes. */
  parts: { resource: string; outcome: Outcome }[];
  /** Null for the check that decides: its facts are the answer's own. */
  answer: Facts | null;
}

/** A policy type, or grants, of which nothing is given. */
export interface Layer {
  /** The word of a line "unknown: …" or "none: …". */
  name: string;
  /** What it is called, without an article. */
  noun: string;
  state: "taken as none" | "none" | "not known";
}

/** A check that AWS makes too if something is so. */
export interface Possible {
  /** A clause: "the object is encrypted with SSE-KMS". */
  if: string;
  action: string;
  /** Of the check; "" where too little is known to decide it. */
  outcome: Outcome | "";
  /** What it means, a clause; may be "". */
  why: string;
  doc: string;
}

/** A worked example that comes with the engine. */
export interface Example {
  /** DIRECTORY/NAME.txtar */
  file: string;
  title: string;
  /** What it shows, in one line. */
  summary: string;
  /** The service of the first request, as in its action: "kms". */
  service: string;
  /** The name of the service, or "". */
  serviceName: string;
  /** The labels of the policy types that it has, or that decide by being absent. */
  types: string[];
  /** What somebody asks who looks for it: an index into the questions. */
  question: number;
  /** The outcome of every request. */
  outcomes: Outcome[];
  /** The mode of every request. */
  modes: Mode[];
  text: string;
}

/** All worked examples, and what they are found by. */
export interface Examples {
  questions: string[];
  /** What people call things: the words, and texts of which an example has one. " & " joins what it has all of. */
  synonyms: { words: string; texts: string[] }[];
  examples: Example[];
}

/** A scenario file taken apart, every text verbatim. */
export interface Opened {
  title: string;
  notes: string;
  /** The text before the first section, which title and notes are read from. */
  comment: string;
  /** The names of all sections, in their order. */
  order: string[];
  /** False where the last line has no end. */
  closed: boolean;
  requests: {
    name: string;
    text: string;
    lines: { key: string; value: string }[];
    /** The text of its want section, or "". */
    want: string;
  }[];
  /** All that are no requests, and no wanted answers to them. */
  sections: { name: string; text: string }[];
  problems: Problem[];
}

/** A form of a scenario for somebody's page. */
export type BlockForm = "html" | "mdx" | "markdown";

/** A scenario for somebody's page, or why there is none. */
export interface Block {
  block: string;
  problem: string;
  missing: string[];
}

/** What each method returns once its JSON is read. */
export interface Results {
  /**
   * `engine` is the engine's version; `missing` the prefixes of services that it
   * was not told of, and that may change the answers.
   */
  evaluate: { engine: string; problems: Problem[]; answers: Answer[]; missing: string[] };
  open: Opened;
  format: { text: string; problems: Problem[] };
  /** Takes three lines before the policy: its section, the version of AWS's lists, the prefixes of all services. */
  hints: { hints: Problem[]; missing: string[] };
  /** Takes the name of a request in its first line. `reason` is why there are none, or "". */
  fixes: { problems: Problem[]; fixes: Fix[]; reason: string; missing: string[] };
  fillings: { problems: Problem[]; fillings: Filling[]; missing: string[] };
  diagnose: Diagnosis;
  /** Takes `{engine, outcomes}` as JSON in its first line: a version, and the outcomes that it gave. */
  changes: { changes: Change[]; missing: string[] };
  /** Takes `{request, output}` as JSON in its first line. `read` is false where the output has no result of the simulator. */
  witness: { read: boolean; questions: Question[]; missing: string[] };
  redact: Redaction;
  who: WhoMay;
  /** Takes `{section, request}` as JSON in its first line. */
  policyTable: PolicyTable;
  /** Takes a form, a space and the link in its first line. */
  block: Block;
  import: Imported;
  translate: { text: string; problems: Problem[] };
  switchAccounts: { text: string; mode: Mode; problems: Problem[] };
  /** Takes the text of one service of the catalogue in. `problem` is why it can't, or "". */
  service: { problem: string };
}

/** Which principals of a scenario may do what its requests ask: for each request a cell for each principal, in their order. */
export interface WhoMay {
  problems: Problem[];
  principals: { name: string; arn: string }[];
  requests: { name: string; action: string; resources: string[] }[];
  cells: { outcome: Outcome; deniedBy: string; way: string }[];
  csv: string;
  markdown: string;
  missing: string[];
}

/** What one policy says, by itself, of a request. */
export type Says = "allowed" | "explicitly denied" | "not matched" | "not known";

/** One policy as a table: each row is requests with one value for each column. */
export interface PolicyTable {
  /** Why there is no table, or "". */
  problem: string;
  /** The name of the request that the others differ from. */
  request: string;
  columns: string[];
  rows: { cells: string[]; says: Says; statement: string; asked: boolean }[];
  notes: string[];
  markdown: string;
  missing: string[];
}

/** True for a problem that keeps the engine from answering. */
export function isError(problem: Problem): boolean {
  return problem.severity !== "warning";
}
