// The sections of a scenario: their kinds, their folders, and what they are
// called on the page.
import type { Section } from "./page-state";
import { FOLDERS, SECTIONS, type SectionFacts } from "./section-lists";

/** A kind of section. */
export type Kind = SectionFacts;

/** The order of the cards. */
export const ORDER = ["resource", "identity", "grant", "boundary", "session", "scopedown", "scp", "rcp", "endpoint", "put", "acl", "header", "", "error"];

const NONE = { many: false, levels: false, fresh: "", service: "" };
const HEADER: Kind = { ...NONE, type: "header", prefix: "", label: "Facts" };
export const ERROR: Kind = { ...NONE, type: "error", prefix: "error", label: "AWS's message" };
const OTHER: Kind = { ...NONE, type: "", prefix: "", label: "Section" };

/** Where a section is: in the folder of an entity or an account, or in the file itself (""). */
export function placed(name: string): { folder: string; rest: string } {
  for (const { prefix } of FOLDERS) {
    if (prefix === "" || !name.startsWith(prefix) || name === prefix) continue;
    const slash = name.indexOf("/", prefix.length);
    return slash < 0 ? { folder: name, rest: "" } : { folder: name.slice(0, slash), rest: name.slice(slash + 1) };
  }
  return { folder: "", rest: name };
}

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
  const { folder, rest } = placed(name);
  if (folder !== "" && rest === "") return HEADER;
  const known = kindsIn(folder).find((kind) => (kind.many ? rest.startsWith(kind.prefix) : rest === kind.prefix));
  return known ?? (/^error(\/|$)/.test(name) ? ERROR : OTHER);
}

/** A level of the organization: 1 is the root, the highest number is the account. */
export interface Level {
  number: number;
  name: string;
}

/** The level that an SCP or RCP is attached to; undefined for other sections. */
export function levelOf({ name }: Pick<Section, "name">): Level | undefined {
  const match = /^[rs]cp\/(\d+)-([^/]+)\//.exec(placed(name).rest);
  return match ? { number: Number(match[1]), name: match[2] ?? "" } : undefined;
}

/** The sections in the order of their cards: by kind, and from the root down to the account. */
export function inCardOrder(sections: readonly Section[]): Section[] {
  const ranked = sections.map((section) => ({ section, rank: ORDER.indexOf(kindOf(section).type), level: levelOf(section)?.number ?? 0 }));
  return ranked.sort((a, b) => a.rank - b.rank || a.level - b.level).map(({ section }) => section);
}

/** The folder of an entity or an account. */
export interface Folder {
  name: string;
  header: Section | undefined;
  sections: readonly Section[];
}

/** The folders of a scenario, entities first, each in the order of the file. */
export function foldersOf(sections: readonly Section[]): Folder[] {
  const folders = new Map<string, { header: Section | undefined; sections: Section[] }>();
  for (const section of sections) {
    const { folder, rest } = placed(section.name);
    if (folder === "") continue;
    const found = folders.get(folder) ?? { header: undefined, sections: [] };
    folders.set(folder, found);
    if (rest !== "") found.sections.push(section);
    else found.header ??= section;
  }
  const rank = (name: string) => FOLDERS.findIndex(({ prefix }) => name.startsWith(prefix));
  return [...folders].map(([name, found]) => ({ name, ...found })).sort((a, b) => rank(a.name) - rank(b.name));
}

/** A folder's head, or a card in it. */
export interface FolderPart {
  folder: Folder;
  section: Section | undefined;
}

/** Heads and cards of all folders, as they are drawn one below the other. */
export function folderParts(folders: readonly Folder[]): FolderPart[] {
  return folders.flatMap((folder) => [{ folder, section: undefined }, ...inCardOrder(folder.sections).map((section) => ({ folder, section }))]);
}

/** A folder, and those of its cards that are drawn. */
export interface DrawnFolder {
  folder: Folder;
  cards: Section[];
}

/** The folders of some parts, with those of their cards that are among them. */
export function drawnFolders(parts: readonly FolderPart[]): DrawnFolder[] {
  const drawn = new Map<Folder, Section[]>();
  for (const { folder, section } of parts) {
    const cards = drawn.get(folder) ?? [];
    drawn.set(folder, cards);
    if (section) cards.push(section);
  }
  return [...drawn].map(([folder, cards]) => ({ folder, cards }));
}

/** True for a card that has nothing to say: an empty one of another service's kind. */
export function isIdle(section: Section, service: string): boolean {
  const of = kindOf(section).service;
  return section.text.trim() === "" && service !== "" && of !== "iam" && of !== "" && of !== service;
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
