// The tables of access combinations, as the engine decided them when the page
// was built: a file for each, fetched when somebody looks at it.
import type { Mode, Outcome } from "../engine/contract";

declare const __TABLES_VERSION__: string;

/** How long a file may take. */
const PATIENCE_MS = 8000;

/** One of the things that are combined. */
export interface Part {
  name: string;
  label: string;
  words: { form: string; label: string }[];
}

/** One combination, decided. `forms` and `labels` are one for each part. */
export interface Row {
  id: string;
  mode: Mode;
  forms: string[];
  labels: string[];
  outcome: Outcome;
  minimal: boolean;
  reason: string;
  scenario: string;
}

/** All combinations of a service. */
export interface AccessTable {
  id: string;
  title: string;
  /** The AWS page behind it. */
  doc: string;
  parts: Part[];
  rows: Row[];
}

/** The list of tables. */
export type TableIndex = readonly { id: string; title: string }[];

/** What each side does by itself in one account, for each service. An outcome is "" where there is no such case. */
export interface Alone {
  columns: { side: string; label: string }[];
  services: { id: string; title: string; doc: string; cells: { outcome: Outcome | ""; reason: string }[] }[];
}

interface TableFile extends Omit<AccessTable, "rows"> {
  rows: { id: string; outcome: Outcome; minimal: boolean; reason: number; scenario: string }[];
  texts: string[];
}

/** A table can't be had; the message is for the reader. */
export class TablesError extends Error {}

const files = new Map<string, Promise<unknown>>();

/** Fetches a file of the tables beside the engine at an address, once. Who asks after a failure tries again. */
function tableFile<T>(base: string, name: string): Promise<T> {
  const address = new URL(`tables/${name}.json?v=${__TABLES_VERSION__}`, base).href;
  const asked = files.get(address);
  if (asked) return asked as Promise<T>;
  const asking = fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) })
    .then((response) => (response.ok ? (response.json() as Promise<T>) : undefined))
    .catch(() => undefined)
    .then((value) => {
      if (value === undefined) throw new TablesError("The access combinations could not be fetched.");
      return value;
    });
  asking.catch(() => files.delete(address));
  files.set(address, asking);
  return asking;
}

const tables = new WeakMap<TableFile, AccessTable>();

/** The table of a service, by its ID. */
export async function accessTable(base: string, id: string): Promise<AccessTable> {
  const file = await tableFile<TableFile>(base, id);
  const table = tables.get(file) ?? decoded(file);
  tables.set(file, table);
  return table;
}

function decoded({ id, title, doc, parts, rows, texts }: TableFile): AccessTable {
  const text = (place: number) => texts[place] ?? "";
  const labels = (forms: readonly string[]) => parts.map((part, i) => part.words.find((word) => word.form === forms[i])?.label ?? "");
  const row = (entry: TableFile["rows"][number]): Row => {
    const [mode, ...forms] = entry.id.split("/");
    const scenario = entry.scenario.split(" ").map((place) => text(Number(place)));
    return { ...entry, mode: mode as Mode, forms, labels: labels(forms), reason: text(entry.reason), scenario: scenario.join("") };
  };
  return { id, title, doc, parts, rows: rows.map(row) };
}

/** All tables that there are. */
export async function tableIndex(base: string): Promise<TableIndex> {
  return (await tableFile<{ tables: TableIndex }>(base, "index")).tables;
}

/** What each side does by itself in one account. */
export function sameAccount(base: string): Promise<Alone> {
  return tableFile<Alone>(base, "same-account");
}

/** The address of a row of a table, from the "#" on. Rows of KMS had theirs before there were other tables. */
export function rowHash(table: string, id: string): string {
  return `#row=${table === "kms" ? "" : `${table}/`}${id}`;
}

/** The table and the ID that the address of a row names. */
export function rowOf(address: string): { table: string; id: string } {
  const [, table = "kms", id = ""] = /^(?:([\w-]+)\/)?((?:same|cross)-account\/.*)$/s.exec(address) ?? [];
  return { table, id };
}
