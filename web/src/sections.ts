// The kinds of policy section: their names in a scenario and on the page.
import type { PageState, Section } from "./page-state";

/** A kind of policy section. */
export interface Kind {
  /** The type that the engine uses for it in `said`. */
  type: string;
  /** The start of the section's name, or its whole name. */
  prefix: string;
  label: string;
  /** The text of the button that adds one; kinds without it are always there or only loaded. */
  add?: string;
  /** The name that a new one gets; of kinds with levels, the part behind the level. */
  name: string;
  /** True where a scenario can have several of them. */
  several: boolean;
  /** The action prefix that it is for; without one it fits every service. */
  service?: string;
  /** Where policies are attached level by level, and whether a new one starts a level of its own. */
  level?: "last" | "new";
}

/** All kinds, in the order of the cards. */
export const KINDS: readonly Kind[] = [
  { type: "resource", prefix: "resource.json", label: "Resource-based policy", name: "resource.json", several: false },
  { type: "identity", prefix: "identity/", label: "Identity policy", add: "Identity policy", name: "identity/policy.json", several: true },
  { type: "grant", prefix: "grants.json", label: "Grants", name: "grants.json", several: false, service: "kms" },
  { type: "boundary", prefix: "boundary.json", label: "Permissions boundary", add: "Permissions boundary", name: "boundary.json", several: false },
  { type: "session", prefix: "session", label: "Session policy", add: "Session policy", name: "session/session.json", several: true },
  { type: "scopedown", prefix: "scopedown/", label: "Scope-down policy", add: "Scope-down policy", name: "scopedown/policy.json", several: true },
  { type: "scp", prefix: "scp/", label: "SCP", add: "SCP", name: "scp.json", several: true, level: "last" },
  { type: "rcp", prefix: "rcp/", label: "RCP", add: "RCP", name: "rcp.json", several: true, level: "last" },
  { type: "endpoint", prefix: "endpoint.json", label: "VPC endpoint policy", add: "VPC endpoint policy", name: "endpoint.json", several: false },
  { type: "acl", prefix: "acl.json", label: "Bucket ACL", add: "Bucket ACL", name: "acl.json", several: false, service: "s3" },
  { type: "acl", prefix: "object-acl.json", label: "Object ACL", add: "Object ACL", name: "object-acl.json", several: false, service: "s3" },
];

const OTHER: Kind = { type: "", prefix: "", label: "Section", name: "", several: false };

/** The kind of a section, found by its name. */
export function kindOf(section: Section): Kind {
  return KINDS.find((kind) => section.name.startsWith(kind.prefix)) ?? OTHER;
}

/** A level of the organization: 1 is the root, the highest number is the account. */
export interface Level {
  number: number;
  name: string;
}

/** The level that an SCP or RCP is attached to; undefined for other sections. */
export function levelOf(section: Section): Level | undefined {
  const match = /^[rs]cp\/(\d+)-([^/]+)\//.exec(section.name);
  return match ? { number: Number(match[1]), name: match[2] ?? "" } : undefined;
}

/** The sections in the order of their cards: by kind, and from the root down to the account. */
export function inCardOrder(sections: readonly Section[]): Section[] {
  const rank = (section: Section) => KINDS.indexOf(kindOf(section));
  const level = (section: Section) => levelOf(section)?.number ?? 0;
  return [...sections].sort((a, b) => rank(a) - rank(b) || level(a) - level(b));
}

/** True for a card that has nothing to say: an empty one of another service's kind. */
export function isIdle(section: Section, service: string): boolean {
  return section.text.trim() === "" && service !== "" && (kindOf(section).service ?? service) !== service;
}

/**
 * The kinds that can be added to a scenario whose request is for a service
 * (an action prefix, "" if unknown). Where there are levels, a new one can be
 * added too.
 */
export function offered(state: PageState, service: string): Kind[] {
  const has = (kind: Kind) => state.sections.some((section) => kindOf(section) === kind);
  return KINDS.filter((kind) => kind.add && (kind.several || !has(kind)) && (kind.service ?? service) === service).flatMap((kind) =>
    kind.level && has(kind) ? [kind, { ...kind, add: `${kind.add} level`, level: "new" as const }] : [kind],
  );
}

/** What a card is called. For the resource's policy the engine knows the better name. */
export function cardLabel(section: Section, resourceLabel: string): string {
  const kind = kindOf(section);
  if (kind.type === "") return section.name;
  const level = levelOf(section);
  if (level) return `${kind.label} · level ${level.number} (${level.name})`;
  return kind.type === "resource" && resourceLabel !== "" ? resourceLabel : kind.label;
}

/** The part of a section's name that a person can change, with its level if it has one; "" where there is none. */
export function editableName(section: Section): string {
  const kind = kindOf(section);
  const slash = section.name.indexOf("/");
  return kind.several && slash > 0 ? section.name.slice(slash + 1).replace(/\.json$/, "") : "";
}

function free(state: PageState, name: string, id?: number): string {
  const taken = new Set(state.sections.filter((section) => section.id !== id).map((section) => section.name));
  if (!taken.has(name)) return name;
  const stem = name.replace(/\.json$/, "");
  for (let n = 2; ; n++) {
    if (!taken.has(`${stem}-${n}.json`)) return `${stem}-${n}.json`;
  }
}

function levelsOf(state: PageState, kind: Kind): Level[] {
  const levels = state.sections.filter((section) => section.name.startsWith(kind.prefix)).map(levelOf);
  return levels.filter((level) => level !== undefined).sort((a, b) => a.number - b.number);
}

/** The directory of a new policy: the last level that there is, or one behind it. */
function levelForNew(state: PageState, kind: Kind): string {
  const levels = levelsOf(state, kind);
  const last = levels.at(-1);
  if (last && kind.level === "last") return `${last.number}-${last.name}`;
  const name = ["root", "ou", "account"].find((usual) => !levels.some((level) => level.name === usual)) ?? "level";
  return `${(last?.number ?? 0) + 1}-${name}`;
}

/** The name for a new card of a kind. */
export function nameForNew(state: PageState, kind: Kind): string {
  return free(state, kind.level ? `${kind.prefix}${levelForNew(state, kind)}/${kind.name}` : kind.name);
}

/** The section name after a person renamed a card. Never empty, never taken. */
export function nameAfterRename(state: PageState, section: Section, typed: string): string {
  const directory = section.name.slice(0, section.name.indexOf("/") + 1);
  const level = levelOf(section);
  const clean = typed.trim().replace(/\s+/g, "-").replace(/\.json$/, "");
  const slash = level ? clean.lastIndexOf("/") : -1;
  const name = clean.slice(slash + 1).replace(/\/+/g, "-");
  if (name === "") return section.name;
  const place = level ? `${levelAfterRename(levelsOf(state, kindOf(section)), level, clean.slice(0, Math.max(slash, 0)))}/` : "";
  return free(state, `${directory}${place}${name}.json`, section.id);
}

/** Reads "2", "2-ou-prod" or "ou-prod" as a level; nothing typed is the old one. */
function levelAfterRename(levels: readonly Level[], old: Level, typed: string): string {
  const [, digits, label] = /^0*([1-9]\d*)?-?(.*)$/.exec(typed.replace(/\/+/g, "-")) ?? [];
  const meant = digits === undefined ? levels.find((level) => level.name === label) : levels.find((level) => level.number === Number(digits));
  const number = digits ?? meant?.number ?? old.number;
  return `${number}-${label || meant?.name || (Number(number) === old.number ? old.name : "level")}`;
}
