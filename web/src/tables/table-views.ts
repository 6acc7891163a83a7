// Which rows of a table a view shows.
import type { Mode } from "../engine/contract";
import type { AccessTable, Row } from "./table-files";

/** A choice among the rows of a table. */
export interface View {
  id: string;
  label: string;
  shows(row: Row, rows: readonly Row[]): boolean;
}

const form = (row: Row, part: number) => row.forms[part] ?? "";

const MINIMAL: View = { id: "minimal", label: "Minimal", shows: (row) => row.minimal };
const PERMITTED: View = { id: "permitted", label: "Permitted", shows: (row) => row.outcome === "allow" };
export const ALL: View = { id: "all", label: "All", shows: () => true };
const DIFFERENCES: View = {
  id: "differences",
  label: "Differences",
  shows: (row, rows) => sameParts(row, rows).some((other) => other.outcome !== row.outcome),
};

/** Those of the KMS table: its parts are key policy, identity-based policy and grant. */
const OF_KEYS: readonly View[] = [
  MINIMAL,
  PERMITTED,
  ALL,
  { id: "no-grants", label: "Without grants", shows: (row) => form(row, 2) === "none" },
  { id: "delegation", label: "Default key policy", shows: (row) => form(row, 0) === "delegation" },
  { id: "no-delegation", label: "No delegation", shows: (row) => form(row, 0) !== "delegation" },
  DIFFERENCES,
];

const limits = (boundary: string, session: string) => (row: Row) => form(row, 2) === boundary && form(row, 3) === session;

/** Those of services: the parts are the resource's policy, the identity-based policy, boundary and session policy. */
const OF_SERVICES: readonly View[] = [
  MINIMAL,
  { id: "unlimited", label: "No boundary, no session policy", shows: limits("none", "none") },
  { id: "boundary", label: "Boundary silent", shows: limits("silent", "none") },
  { id: "session", label: "Session policy silent", shows: limits("none", "silent") },
  PERMITTED,
  ALL,
  DIFFERENCES,
];

/** The views of a table, Minimal first. */
export function viewsOf(table: AccessTable): readonly View[] {
  return table.id === "kms" ? OF_KEYS : OF_SERVICES;
}

/** The view with the fewest rows that has a row; the first without one. */
export function viewWith(table: AccessTable, id: string): View {
  const row = table.rows.find((entry) => entry.id === id);
  const size = (view: View) => table.rows.filter((entry) => view.shows(entry, table.rows)).length;
  const holding = row ? viewsOf(table).filter((view) => view.shows(row, table.rows)) : [];
  return holding.reduce<View | undefined>((best, view) => (best && size(best) <= size(view) ? best : view), undefined) ?? MINIMAL;
}

/** The parts of each row: every row is compared with every other whenever the tables are drawn. */
const PARTS = new WeakMap<Row, string>();

// Across accounts a KMS grant can be made on either side, so a grant "explicit"
// of one table meets two rows of the other.
const parts = (row: Row) => {
  const known = PARTS.get(row) ?? row.forms.map((entry) => entry.replace(/-by-.*$/, "")).join("/");
  PARTS.set(row, known);
  return known;
};

/** The rows of the other mode with the same parts. */
function sameParts(row: Row, rows: readonly Row[]): Row[] {
  return rows.filter((other) => other.mode !== row.mode && parts(other) === parts(row));
}

const ONLY: Record<Mode, string> = { "same-account": "only in the same account", "cross-account": "only across accounts" };
const OTHERWISE: Record<Mode, string> = { "same-account": "allowed across accounts", "cross-account": "allowed in the same account" };

/** How a row differs from the same parts in the other mode, or "". */
export function difference(row: Row, rows: readonly Row[]): string {
  const others = sameParts(row, rows);
  if (others.length === 0 || others.some((other) => other.outcome === row.outcome)) return "";
  return row.outcome === "allow" ? ONLY[row.mode] : OTHERWISE[row.mode];
}
