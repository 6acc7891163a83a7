// Finding worked examples. No drawing here.
import type { Example, Outcome } from "../engine/contract";
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

/** An example with what it is found by. */
export interface Entry {
  readonly example: Example;
  /** The directory of its file. */
  readonly group: string;
  readonly text: string;
  readonly values: Readonly<{ service: readonly string[]; type: readonly string[]; outcome: readonly Outcome[] }>;
}

/** Prepares examples for searching. */
export function entriesOf(examples: readonly Example[]): Entry[] {
  return examples.map((example) => {
    const { title, summary, file, types, modes } = example;
    const service = example.serviceName || example.service;
    const outcome = [...new Set(example.outcomes)];
    const words = outcome.flatMap((each) => [each, outcomeWord(each), each === "allow" ? "" : "denied"]);
    return {
      example,
      group: file.replace(/\/?[^/]*$/, ""),
      text: [title, summary, file, example.service, service, ...types, ...modes, ...words].join("\n").toLowerCase(),
      values: { service: [service], type: types, outcome },
    };
  });
}

/** The entries that fit a filter: every word is in the text, every choice is met. */
export function find(entries: readonly Entry[], filter: Filter): Entry[] {
  const words = filter.words.toLowerCase().split(/\s+/);
  const fits = ({ values }: Entry, facet: Facet) => filter[facet] === "" || values[facet].some((value) => value === filter[facet]);
  return entries.filter(
    (entry) => fits(entry, "service") && fits(entry, "type") && fits(entry, "outcome") && words.every((word) => entry.text.includes(word)),
  );
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

const NAMES: Record<string, string> = { kms: "KMS", "kms-grants": "KMS grants", s3: "S3" };

/** What a directory is called. */
export function groupName(group: string): string {
  return NAMES[group] ?? (group.charAt(0).toUpperCase() + group.slice(1)).replaceAll("-", " ");
}

/** The entries by directory. KMS comes first: it is where people get lost. */
export function byGroup(entries: readonly Entry[]): [group: string, entries: Entry[]][] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups].sort(([a], [b]) => Number(b.startsWith("kms")) - Number(a.startsWith("kms")));
}
