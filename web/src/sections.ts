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
  /** The name that a new one gets. */
  name: string;
  /** True where a scenario can have several of them. */
  several: boolean;
}

/** All kinds, in the order of the cards. */
export const KINDS: readonly Kind[] = [
  { type: "resource", prefix: "resource.json", label: "Resource-based policy", name: "resource.json", several: false },
  { type: "identity", prefix: "identity/", label: "Identity policy", add: "Identity policy", name: "identity/policy.json", several: true },
  { type: "grant", prefix: "grants.json", label: "Grants", name: "grants.json", several: false },
  { type: "boundary", prefix: "boundary.json", label: "Permissions boundary", add: "Permissions boundary", name: "boundary.json", several: false },
  { type: "session", prefix: "session", label: "Session policy", add: "Session policy", name: "session/session.json", several: true },
  { type: "scp", prefix: "scp/", label: "SCP", add: "SCP", name: "scp/1-root/scp.json", several: true },
  { type: "rcp", prefix: "rcp/", label: "RCP", add: "RCP", name: "rcp/1-root/rcp.json", several: true },
  { type: "endpoint", prefix: "endpoint.json", label: "VPC endpoint policy", add: "VPC endpoint policy", name: "endpoint.json", several: false },
  { type: "acl", prefix: "acl.json", label: "Bucket ACL", name: "acl.json", several: false },
  { type: "acl", prefix: "object-acl.json", label: "Object ACL", name: "object-acl.json", several: false },
];

const OTHER: Kind = { type: "", prefix: "", label: "Section", name: "", several: false };

/** The kind of a section, found by its name. */
export function kindOf(section: Section): Kind {
  return KINDS.find((kind) => section.name.startsWith(kind.prefix)) ?? OTHER;
}

/** The sections in the order of their cards. */
export function inCardOrder(sections: readonly Section[]): Section[] {
  const rank = (section: Section) => KINDS.indexOf(kindOf(section));
  return [...sections].sort((a, b) => rank(a) - rank(b));
}

/** What a card is called. For the resource's policy the engine knows the better name. */
export function cardLabel(section: Section, resourceLabel: string): string {
  const kind = kindOf(section);
  if (kind.type === "") return section.name;
  return kind.type === "resource" && resourceLabel !== "" ? resourceLabel : kind.label;
}

/** The part of a section's name that a person can change; "" where there is none. */
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

/** The name for a new card of a kind. */
export function nameForNew(state: PageState, kind: Kind): string {
  return free(state, kind.name);
}

/** The section name after a person renamed a card. Never empty, never taken. */
export function nameAfterRename(state: PageState, section: Section, typed: string): string {
  const kind = kindOf(section);
  const first = section.name.slice(0, section.name.indexOf("/") + 1);
  const levels = kind.type === "scp" || kind.type === "rcp";
  const clean = typed.trim().replace(/\s+/g, "-").replace(levels ? /^\/+|\/+$/g : /\/+/g, levels ? "" : "-");
  return clean === "" ? section.name : free(state, `${first}${clean}.json`, section.id);
}
