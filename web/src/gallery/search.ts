// Finding worked examples. No drawing here.
import type { Example, Examples, Outcome } from "../engine/contract";
import { outcomeWord } from "../request/outcome-tag";

/** What a reader looks for. "" stands for all. */
export interface Filter {
  words: string;
  service: string;
  type: string;
  outcome: Outcome | "";
}

export const NO_FILTER: Filter = { words: "", service: "", type: "", outcome: "" };

/** The parts of a filter that are chosen from a list. */
export type Facet = "service" | "type" | "outcome";

/** What the list is put under. */
export type Grouping = "question" | "subject";

/** An example with what it is found by. */
export interface Entry {
  readonly example: Example;
  readonly question: string;
  /** What the directory of its file is called. */
  readonly subject: string;
  /** The words that it is found by, each with how much it says about the example. */
  readonly words: ReadonlyMap<string, number>;
  readonly values: Readonly<{ service: readonly string[]; type: readonly string[]; outcome: readonly Outcome[] }>;
}

/** How much a word says about an example: by where it stands. */
const TITLE = 8;
const SUMMARY = 4;
const TAG = 3;
const NAME = 1;

/** Actions and condition keys: "kms:Decrypt", "aws:RequestedRegion", "kms:EncryptionContext:tenant". */
const NAMES = /\b[a-z][a-z0-9-]*(?::[A-Za-z][A-Za-z0-9-]*)+/g;

const LETTERS = /[\p{L}\p{N}]+/gu;

/** The words of a text. A name in camel case is one, and each of its parts; "ACLs" is "ACL" and no "Ls". */
function wordsOf(text: string): string[] {
  const whole = text.match(LETTERS) ?? [];
  const parts = whole.flatMap((word) => word.match(/[A-Z]+(?=s$)|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []);
  return [...whole, ...parts].map((word) => word.toLowerCase());
}

function indexed(places: readonly (readonly [text: string, weight: number])[]): Map<string, number> {
  const words = new Map<string, number>();
  for (const [text, weight] of places) {
    for (const word of new Set(wordsOf(text))) words.set(word, Math.max(weight, words.get(word) ?? 0));
  }
  return words;
}

/** Prepares examples for searching. */
export function entriesOf({ examples, questions, synonyms }: Examples): Entry[] {
  return examples.map((example) => {
    const { title, summary, file, types, modes } = example;
    const service = example.serviceName || example.service;
    const outcome = [...new Set(example.outcomes)];
    const outcomes = outcome.flatMap((each) => [each, outcomeWord(each), each === "allow" ? "" : "denied"]);
    const text = example.text.toLowerCase();
    const has = (wanted: string) => wanted.split(" & ").every((piece) => text.includes(piece));
    const said = synonyms.filter(({ texts }) => texts.some(has)).map(({ words }) => words);
    return {
      example,
      question: questions[example.question] ?? "",
      subject: groupName(file.replace(/\/?[^/]*$/, "")),
      words: indexed([
        [title, TITLE],
        [summary, SUMMARY],
        [[file, example.service, service, ...types, ...modes, ...outcomes, ...said].join(" "), TAG],
        [(example.text.match(NAMES) ?? []).join(" "), NAME],
      ]),
      values: { service: [service], type: types, outcome },
    };
  });
}

/** How well an entry fits one word: the best of its words that begin with it; 0 for none. */
function score(entry: Entry, wanted: string): number {
  let best = 0;
  // A whole word says more than a beginning.
  for (const [word, weight] of entry.words) if (word.startsWith(wanted)) best = Math.max(best, word === wanted ? weight + 1 : weight);
  return best;
}

function queryOf(words: string): string[] {
  return (words.match(LETTERS) ?? []).map((word) => word.toLowerCase());
}

function chosen({ values }: Entry, filter: Filter): boolean {
  const fits = (facet: Facet) => filter[facet] === "" || values[facet].some((value) => value === filter[facet]);
  return fits("service") && fits("type") && fits("outcome");
}

/** The entries that fit a filter, the best first: every word begins one of theirs, every choice is met. */
export function find(entries: readonly Entry[], filter: Filter): Entry[] {
  const wanted = queryOf(filter.words);
  const all = entries.filter((entry) => chosen(entry, filter));
  if (wanted.length === 0) return all;
  return all
    .map((entry) => ({ entry, scores: wanted.map((word) => score(entry, word)) }))
    .filter(({ scores }) => scores.every((each) => each > 0))
    .map(({ entry, scores }) => ({ entry, sum: scores.reduce((sum, each) => sum + each) }))
    .sort((a, b) => b.sum - a.sum || isDenied(b.entry) - isDenied(a.entry))
    .map(({ entry }) => entry);
}

/** Who looks for something has mostly been denied it: of two that fit alike, what is denied comes first. */
const isDenied = ({ values }: Entry): number => Number(values.outcome[0]?.endsWith("deny") ?? false);

/** So many words are suggested, and so many entries that fit in part. */
const SUGGESTED = 4;
const NEAR = 6;

/** How many letters two words differ by; anything above `most` may come back as more. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length] ?? 0;
}

/** What to look for in place of words that nothing fits, and what fits some of them. */
export function nearTo(entries: readonly Entry[], filter: Filter): { words: string[]; entries: Entry[] } {
  const wanted = queryOf(filter.words);
  const known = new Set(entries.flatMap(({ words }) => [...words.keys()]));
  const words = wanted.flatMap((word, i) => {
    if (word.length < 3 || entries.some((entry) => score(entry, word) > 0)) return [];
    const most = word.length > 5 ? 2 : 1;
    const alike = [...known]
      .map((other) => ({ other, by: distance(word, other, most) }))
      .filter(({ by }) => by <= most)
      .sort((a, b) => a.by - b.by);
    return alike.map(({ other }) => wanted.toSpliced(i, 1, other).join(" "));
  });
  const some = entries
    .filter((entry) => chosen(entry, filter))
    .map((entry) => ({ entry, scores: wanted.map((word) => (word.length < 3 ? 0 : score(entry, word))) }))
    .map(({ entry, scores }) => ({
      entry,
      met: scores.filter((each) => each > 0).length,
      sum: scores.reduce((sum, each) => sum + each, 0),
    }))
    .filter(({ met }) => met > 0)
    .sort((a, b) => b.met - a.met || b.sum - a.sum);
  return { words: words.slice(0, SUGGESTED), entries: some.slice(0, NEAR).map(({ entry }) => entry) };
}

/** The values of a facet, each with how many entries it would leave. */
export function choices(entries: readonly Entry[], filter: Filter, facet: Facet): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const value of entries.flatMap((entry): readonly string[] => entry.values[facet])) counts.set(value, 0);
  for (const entry of find(entries, { ...filter, [facet]: "" })) {
    for (const value of entry.values[facet]) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => a.value.localeCompare(b.value, "en"));
}

const NAMED: Record<string, string> = { kms: "KMS", "kms-grants": "KMS grants", s3: "S3" };

/** What a directory is called. */
function groupName(group: string): string {
  return NAMED[group] ?? (group.charAt(0).toUpperCase() + group.slice(1)).replaceAll("-", " ");
}

/**
 * The entries in groups: in the order of the best of each where something is
 * looked for, else KMS first, where people get lost, or by how many there are.
 */
export function byGroup(entries: readonly Entry[], by: Grouping, searched: boolean): [group: string, entries: Entry[]][] {
  const grouped = new Map<string, Entry[]>();
  for (const entry of entries) grouped.set(entry[by], [...(grouped.get(entry[by]) ?? []), entry]);
  const groups = [...grouped];
  if (searched) return groups;
  if (by === "subject") return groups.sort(([a], [b]) => Number(b.startsWith("KMS")) - Number(a.startsWith("KMS")));
  return groups.sort(([, a], [, b]) => b.length - a.length);
}
