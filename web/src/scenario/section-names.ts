// Sections as cards: their order and their folders, which ones can be added, and
// how new and renamed ones are called.
import { headerLines } from "./header-lines";
import type { PageState, Section } from "../state/page-state";
import { policyOfARN, serviceOfARN } from "./field-lists";
import { FOLDERS, SECTIONS } from "./section-lists";
import { ERROR, kindOf, kindsIn, levelOf, placed, type Kind, type Level } from "./sections";

/** The types in the order of their cards. */
export const ORDER = [...new Set(SECTIONS.map(({ type }) => type)), "header", "", "error"];

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
  return folders.flatMap((folder) => [
    { folder, section: undefined },
    ...inCardOrder(folder.sections).map((section) => ({ folder, section })),
  ]);
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

/** The ARN of an entity; "" for anything else. */
function arnOf(state: PageState, folder: string): string {
  return headerLines(state.sections.find(({ name }) => name === folder)?.text ?? "").find(({ key }) => key === "arn")?.value ?? "";
}

/** What the policy of an entity is called, by its ARN; "" where that has no name of its own. */
export function policyOfFolder(state: PageState, folder: string): string {
  return folder === "" ? "" : policyOfARN(arnOf(state, folder));
}

/** A section that can be added. */
export interface Offer {
  kind: Kind;
  /** The folder that it goes into; "" for the file itself. */
  folder: string;
  /** Where there are levels: whether it starts a level of its own. */
  level?: "last" | "new";
  /** What the button says. */
  text: string;
}

/**
 * What can be added to the file itself, where the request is for a service (an
 * action's prefix, "" if unknown), or to a folder. Where there are levels, a new
 * one can be added too.
 */
export function offered(state: PageState, service: string, folder = ""): Offer[] {
  const of = folder === "" ? service : serviceOfARN(arnOf(state, folder));
  const own = policyOfFolder(state, folder);
  const has = (kind: Kind) => state.sections.some((section) => placed(section.name).folder === folder && kindOf(section) === kind);
  const kinds = kindsIn(folder);
  const fits = (kind: Kind) => kind.service === "" || of === "" || kind.service === of || (kind.service === "iam" && folder === "");
  // Of two kinds with one label, that of which there can be several is offered.
  const twice = (kind: Kind) => !kind.many && kinds.some((other) => other.many && other.label === kind.label);
  return kinds
    .filter((kind) => (kind.many || !has(kind)) && fits(kind) && !twice(kind))
    .sort((a, b) => ORDER.indexOf(a.type) - ORDER.indexOf(b.type))
    .flatMap((kind): Offer[] => {
      const offer = { kind, folder, text: (kind.type === "resource" && own) || kind.label };
      if (!kind.levels) return [offer];
      const last = { ...offer, level: "last" as const };
      return has(kind) ? [last, { ...offer, level: "new", text: `${kind.label} level` }] : [last];
    });
}

/** The message of AWS can be added where there is none. */
export function offeredMessage(state: PageState): Offer[] {
  return state.sections.some((section) => kindOf(section) === ERROR) ? [] : [{ kind: ERROR, folder: "", text: ERROR.label }];
}

/** A name that no other card has. */
export function free(state: PageState, name: string, id?: number): string {
  const taken = new Set(state.sections.filter((section) => section.id !== id).map((section) => section.name));
  if (!taken.has(name)) return name;
  const stem = name.replace(/\.json$/, "");
  for (let n = 2; ; n++) {
    if (!taken.has(`${stem}-${n}.json`)) return `${stem}-${n}.json`;
  }
}

/** The levels of a kind in a folder, from the root down: one for each policy. */
export function levelsOf(state: PageState, kind: Kind, folder: string): Level[] {
  const levels = state.sections.filter((section) => placed(section.name).folder === folder && kindOf(section) === kind).map(levelOf);
  return levels.filter((level) => level !== undefined).sort((a, b) => a.number - b.number);
}

/** The directory of a new policy: the last level that there is, or one behind it. */
function levelForNew(state: PageState, { kind, folder, level }: Offer): string {
  const levels = levelsOf(state, kind, folder);
  const last = levels.at(-1);
  if (last && level === "last") return `${last.number}-${last.name}`;
  const name = ["root", "ou", "account"].find((usual) => !levels.some((each) => each.name === usual)) ?? "level";
  return `${(last?.number ?? 0) + 1}-${name}`;
}

/** The name for a new card. */
export function nameForNew(state: PageState, offer: Offer): string {
  const { kind, folder } = offer;
  const level = kind.levels ? `${levelForNew(state, offer)}/` : "";
  return free(state, `${folder === "" ? "" : `${folder}/`}${kind.prefix}${level}${kind.fresh}`);
}

/** The section name after a person renamed a card. Never empty, never taken. */
export function nameAfterRename(state: PageState, section: Section, typed: string): string {
  const { folder, rest } = placed(section.name);
  const directory = section.name.slice(0, section.name.length - rest.length + rest.indexOf("/") + 1);
  const level = levelOf(section);
  const clean = typed
    .trim()
    .replace(/\s*\/\s*/g, "/")
    .replace(/\s+/g, "-")
    .replace(/\.json$/, "");
  const slash = level ? clean.lastIndexOf("/") : -1;
  const name = clean.slice(slash + 1).replace(/\/+/g, "-");
  if (name === "") return section.name;
  const place = level ? `${levelAfterRename(levelsOf(state, kindOf(section), folder), level, clean.slice(0, Math.max(slash, 0)))}/` : "";
  return free(state, `${directory}${place}${name}.json`, section.id);
}

/** Reads "2", "2-ou-prod" or "ou-prod" as a level; nothing typed is the old one. */
function levelAfterRename(levels: readonly Level[], old: Level, typed: string): string {
  const [, digits, label] = /^0*([1-9]\d*)?-?(.*)$/.exec(typed.replace(/\/+/g, "-")) ?? [];
  const meant =
    digits === undefined ? levels.find((level) => level.name === label) : levels.find((level) => level.number === Number(digits));
  const number = digits ?? meant?.number ?? old.number;
  return `${number}-${label || meant?.name || (Number(number) === old.number ? old.name : "level")}`;
}
