// What the engine and the page say to each other: text in, JSON out. The page shows
// these facts, and never works out an outcome itself.
// Written by `go run ./wasm/contract/write wasm`, from the functions that write the answers.

/** The three outcomes in the words of the IAM guide, and a fourth where what is not known decides. */
export const OUTCOMES = ["allow", "implicit deny", "explicit deny", "depends"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Whether the caller and the resource belong to one account. */
export type Mode = "same-account" | "cross-account";

/** What one policy type said about the request. */
export type Word = "allows" | "delegates" | "denies" | "silent" | "absent" | "not applicable" | "not known";

/** What one policy says, by itself, of a request. */
export type Says = "allowed" | "explicitly denied" | "not matched" | "not known";

/** A form of a scenario for somebody's page. */
export type BlockForm = "html" | "mdx" | "markdown";

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
  doc: string;
  severity: "error" | "warning";
}

/** What an answer depends on. */
export interface Depends {
  /** What decides, in the words of a line "unknown: …". */
  on: string[];
  /** Each is enough, whatever else is so; the smallest come first. */
  allowedIf: { clauses: string[] }[];
  /** Each is enough, whatever else is so; the smallest come first. */
  deniedIf: { clauses: string[] }[];
  /** What is not known and changes nothing. */
  whatever: string[];
  /** True where there may be more in each list. */
  partial: boolean;
}

/** One policy type and what it said. */
export interface Said {
  type: string;
  label: string;
  /** Its label where there is little room. */
  short: string;
  /** Whose account the policies are in; a VPC endpoint is between them. */
  side: "caller" | "resource" | "network";
  said: Word;
  detail: string;
  decided: boolean;
}

/** Policy types as a path to the verdict: all in one account, and across accounts those of one side, which must both allow. */
export interface Lane {
  side: "caller" | "network" | "resource" | "";
  label: string;
  state: "denies" | "way open" | "no way open" | "not known" | "";
  /** How its line ends before the verdict. */
  end: "stopped" | "short" | "";
  /** Where, in steps. */
  at: number;
  /** The line of this lane, or of one before, goes on to the verdict. */
  on: boolean;
  steps: Said[];
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
  doc: string;
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
  miss: string;
  reason: string;
  start: number;
  end: number;
  missStart: number;
  missEnd: number;
  /** How much keeps it from matching: less is nearer, 0 where it matches. */
  lacking: number;
  /** Condition keys that it reads and the request does not have, but could. */
  absent: string[];
  /** What the reason is about. */
  marks: { start: number; end: number }[];
}

/** What the SCPs or the RCPs of one level of an organization said. Levels that were not looked at are not listed. */
export interface Level {
  /** The sections of its policies, those that have statements. */
  sections: string[];
  said: "denies" | "not known" | "allows" | "silent" | "does not deny";
}

/** A page of the AWS documentation. */
export interface DocLink {
  title: string;
  url: string;
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
  /** In the order in which AWS looks at them. */
  said: Said[];
  lanes: Lane[];
  /** What the resource's account is called by. */
  owner: "key" | "resource";
  waysRule: string;
  ways: Way[];
  statements: StatementRow[];
  levels: Level[];
  notEvaluated: Problem[];
  /** The case of the tables of combinations that the request is, and the table that has it. */
  combination: { table: string; id: string } | null;
  links: DocLink[];
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

/** What is known of a policy type, or of grants, beyond what is given. */
export interface Layer {
  /** The word of a line "unknown: …" or "none: …". */
  name: string;
  /** What it is called, without an article. */
  noun: string;
  state: "taken as none" | "none" | "not known" | "no others" | "others not known";
  /** True where AWS has one for every such resource: there can't be none. */
  sure: boolean;
  /** The folders of the file that it would stand in, if they are there. */
  in: string[];
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

/** The answer to one request of a scenario: that of the check that decides it. */
export interface Answer extends Facts {
  request: string;
  /** The check that decides: an index into checks. */
  decisive: number;
  /** All checks that the call makes, in order; at least one. */
  checks: Check[];
  /** What is to be said of the request beside its answer. */
  notes: { code: string; message: string; doc: string }[];
  /** What could count besides what is given. */
  layers: Layer[];
  /** What AWS checks too if something is so. */
  possible: Possible[];
}

/** A scenario file taken apart, every text verbatim. */
export interface Opened {
  title: string;
  notes: string;
  /** Before the first section: title and notes. */
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

/** A worked example that comes with the engine. */
export interface Example {
  /** DIRECTORY/NAME.txtar */
  file: string;
  title: string;
  /** What it shows, in one line. */
  summary: string;
  /** Of the first request, as in its action: "kms". */
  service: string;
  /** The name of the service, or "". */
  serviceName: string;
  /** Labels of what it has or is denied by. */
  types: string[];
  /** What somebody asks who looks for it: an index. */
  question: number;
  /** Of every request. */
  outcomes: Outcome[];
  /** Of every request. */
  modes: Mode[];
  text: string;
}

/** All worked examples, and what they are found by. */
export interface Examples {
  questions: string[];
  /** What people call things. */
  synonyms: {
    words: string;
    /** An example has one of them. " & " joins what it has all of. */
    texts: string[];
  }[];
  examples: Example[];
}

/** A line that a request, or the header of an entity or an account, can have besides condition keys and tags. */
export interface FieldFacts {
  key: string;
  required: boolean;
  /** True where it can be there more than once. */
  several: boolean;
  /** The prefix of the only service whose requests it is for, or "". */
  service: string;
  /** All values that there are; empty where any text can be right. */
  values: string[];
  /** True where one line can have several of the values. */
  any: boolean;
  /** AWS's name for it, where requests of `offerFor` often need it, or "". */
  label: string;
  offerFor: string;
}

/** A sort of section that holds what requests are judged against. */
export interface SectionFacts {
  /** The start of the section's name in its folder, or its whole name. */
  prefix: string;
  /** True where there can be several, each with a name behind the prefix. */
  many: boolean;
  /** True where policies are attached level by level. */
  levels: boolean;
  /** The type that the engine uses for it in `said`. */
  type: string;
  label: string;
  /** The name of a new one behind the prefix, or behind the level. */
  fresh: string;
  /** The prefix of the only service whose resources have it, or ""; "iam" for what a caller has. */
  service: string;
  /** Whose account it belongs to. */
  side: "caller" | "resource" | "";
  /** True where it names actions. */
  actions: boolean;
  /** True for a policy that requests are judged by. */
  counts: boolean;
  /** The word of a line "unknown: …" or "none: …" for it, or "". */
  unknown: string;
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
  /** References that the text leaves open; "" where their name is in their place. */
  fields: { name: string; value: string }[];
  problems: Problem[];
}

/** A scenario in which everything that was not known is filled in. */
export interface Filling {
  request: string;
  /** What it comes to. */
  outcome: Outcome;
  text: string;
}

/** A change that lets a request in. The engine has judged every request of the scenario with it. */
export interface Fix {
  request: string;
  /** What is changed: "mend a statement", … */
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
  /** For a shell; "" where there is nothing to run, or the owners of another account have to. */
  line: string;
  /** What to send to those owners, or "". */
  letter: string;
  /** The account to run it in, or "". */
  where: string;
  /** What AWS prints where there is no such thing, or "". */
  none: string;
  /** There is one wherever there is such a resource. */
  always: boolean;
  doc: string;
}

/** A policy type of which nothing was brought, or not all. */
export interface Open {
  /** The word of a line "unknown: …" or "none: …". */
  layer: string;
  /** What it is called, without an article. */
  noun: string;
  /** True where some of it was brought. */
  part: boolean;
  commands: Command[];
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
  /** Beyond what AWS's message says itself. */
  proved: Finding[];
  /** The most likely first. */
  possible: Finding[];
  ruledOut: Finding[];
  next: Command | null;
  later: Command[];
  checklist: Open[];
  /** False while a policy that an edit would replace is not known. */
  edit: boolean;
  editWhy: string;
  missing: string[];
}

/** A scenario for somebody's page, or why there is none. */
export interface Block {
  block: string;
  problem: string;
  missing: string[];
}

/** A request that an older engine answered otherwise. */
export interface Change {
  request: string;
  /** The newest first; none where no rule of the changelog explains it. */
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

/** Which principals may do what the requests ask: for each request a cell for each principal, in their order. */
export interface WhoMay {
  problems: Problem[];
  principals: { name: string; arn: string }[];
  requests: { name: string; action: string; resources: string[] }[];
  cells: { outcome: Outcome; deniedBy: string; way: string }[];
  /** That not all principals were looked at, and what to do; "" where they were. */
  bound: string;
  csv: string;
  markdown: string;
  missing: string[];
}

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

/** A scenario with stand-ins for its names, and the proof that its answers stay. */
export interface Redaction {
  /** The scenario; "" where nothing could be made of it. */
  text: string;
  /** Tells the names: never a part of what is shared. */
  replaced: {
    class: string;
    old: string;
    new: string;
    times: number;
    kept: boolean;
    /** What would change without a name that is kept. */
    why: string;
  }[];
  /** What was left out, in words. */
  removed: string[];
  /** What to look at before it is sent, in sentences. */
  look: string[];
  proof: {
    proved: boolean;
    /** False where there are no answers to compare. */
    judged: boolean;
    requests: number;
    checks: number;
    steps: number;
    ways: number;
    /** What is not the same. */
    differs: string[];
  };
  missing: string[];
}

/** What each method answers once its JSON is read. Each takes one text. */
export interface Results {
  /** Takes a form, a space and the link in its first line. */
  block: Block;
  /** Takes `{engine, outcomes}` as JSON in its first line: a version, and the outcomes that it gave. */
  changes: { changes: Change[]; missing: string[] };
  diagnose: Diagnosis;
  /** `engine` is the engine's version; `missing` the prefixes of services that it was not told of, and that may change the answers. */
  evaluate: { engine: string; problems: Problem[]; answers: Answer[]; missing: string[] };
  fillings: { problems: Problem[]; fillings: Filling[]; missing: string[] };
  /** Takes the name of a request in its first line. `reason` is why there are none, or "". */
  fixes: { problems: Problem[]; reason: string; fixes: Fix[]; missing: string[] };
  format: { text: string; problems: Problem[] };
  /** Takes three lines before the policy: its section, the version of AWS's lists, the prefixes of all services. */
  hints: { hints: Problem[]; missing: string[] };
  import: Imported;
  open: Opened;
  /** Takes `{section, request}` as JSON in its first line. */
  policyTable: PolicyTable;
  redact: Redaction;
  /** Takes the text of one service of the catalogue in. `problem` is why it can't, or "". */
  service: { problem: string };
  switchAccounts: { text: string; mode: Mode; problems: Problem[] };
  translate: { text: string; problems: Problem[] };
  who: WhoMay;
  /** Takes `{request, output}` as JSON in its first line. `read` is false where the output has no result of the simulator. */
  witness: { read: boolean; questions: Question[]; missing: string[] };
}

/** The methods of the engine. */
export type Method = keyof Results;

/** The methods that page.wasm has; import.wasm and source.wasm have the others. */
export const JUDGES = ["evaluate", "format", "hints", "open", "service", "switchAccounts"] as const satisfies readonly Method[];
