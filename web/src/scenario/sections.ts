// The sections of a scenario: their kinds, their folders, and what they are
// called on the page.
import type { Section } from "../state/page-state";
import type { SectionFacts } from "../engine/contract";
import { FOLDERS, SECTIONS } from "./section-lists";

/** A kind of section. */
export type Kind = SectionFacts;

const NONE = { many: false, levels: false, fresh: "", service: "", unknown: "", side: "" as const, actions: false, counts: false };
const HEADER: Kind = { ...NONE, type: "header", prefix: "", label: "Facts" };
export const ERROR: Kind = { ...NONE, type: "error", prefix: "error", label: "AWS's message" };
const OTHER: Kind = { ...NONE, type: "", prefix: "", label: "Section" };

/** So many names are remembered. A file of 4 MiB that is in use has some thousand sections. */
const NAMES = 10_000;

/** What names say, read once: to draw a large world asks for each of them many times. */
function byName<T>(read: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    if (known.size === NAMES) known.clear();
    const made = read(name);
    known.set(name, made);
    return made;
  };
}

/** Where a section is: in the folder of an entity or an account, or in the file itself (""). */
export const placed = byName((name): Readonly<{ folder: string; rest: string }> => {
  for (const { prefix } of FOLDERS) {
    if (prefix === "" || !name.startsWith(prefix) || name === prefix) continue;
    const slash = name.indexOf("/", prefix.length);
    return slash < 0 ? { folder: name, rest: "" } : { folder: name.slice(0, slash), rest: name.slice(slash + 1) };
  }
  return { folder: "", rest: name };
});

/** The folder's name without the word before it, as people say it. */
export function folderName(folder: string): string {
  return folder.slice(folder.indexOf("/") + 1);
}

/** The kinds that a folder can have. */
export function kindsIn(folder: string): Kind[] {
  const facts = FOLDERS.find(({ prefix }) => (folder === "" ? prefix === "" : prefix !== "" && folder.startsWith(prefix)));
  return SECTIONS.filter((kind) => facts?.sections.includes(kind.prefix));
}

/** The kind of a section, found by its name. */
export function kindOf({ name }: Pick<Section, "name">): Kind {
  return kindOfName(name);
}

const kindOfName = byName((name) => {
  const { folder, rest } = placed(name);
  if (folder !== "" && rest === "") return HEADER;
  const known = kindsIn(folder).find((kind) => (kind.many ? rest.startsWith(kind.prefix) : rest === kind.prefix));
  return known ?? (/^error(\/|$)/.test(name) ? ERROR : OTHER);
});

/** A level of the organization: 1 is the root, the highest number is the account. */
export interface Level {
  number: number;
  name: string;
}

/** The level that an SCP or RCP is attached to; undefined for other sections. */
export function levelOf({ name }: Pick<Section, "name">): Level | undefined {
  const { prefix, levels } = kindOf({ name });
  const match = /^(\d+)-([^/]+)\//.exec(levels ? placed(name).rest.slice(prefix.length) : "");
  return match ? { number: Number(match[1]), name: match[2] ?? "" } : undefined;
}

/** What a card is called. For the resource's policy the engine knows the better name. */
export function cardLabel(section: Pick<Section, "name">, resourceLabel: string): string {
  const kind = kindOf(section);
  if (kind.type === "") return section.name;
  const level = levelOf(section);
  if (level) return `${kind.label} · level ${level.number} (${level.name})`;
  return kind.type === "resource" && resourceLabel !== "" ? resourceLabel : kind.label;
}

/** The part of a section's name that a person can change, with its level if it has one; "" where there is none. */
export function editableName(section: Pick<Section, "name">): string {
  const { rest } = placed(section.name);
  const slash = rest.indexOf("/");
  return kindOf(section).many && slash > 0 ? rest.slice(slash + 1).replace(/\.json$/, "") : "";
}

/** A role trust policy is the resource-based policy of its role. */
export function saidType(type: string): string {
  return type === "trust" ? "resource" : type;
}
