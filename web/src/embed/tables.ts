// The tables of access combinations. Fetched only where an embed shows them.
import { html, type TemplateResult } from "lit";
import "../tables/combination-tables";
import type { AccessTable } from "../tables/table-files";
import type { Outcome } from "../engine/contract";
import combinations from "../styles/combinations.css?inline";
import access from "../styles/access-tables.css?inline";
import { sheet } from "./styles";

export { accessTable, TablesError } from "../tables/table-files";

export const SHEETS = [combinations, access].map(sheet);

/** The reader's case in a table: "" if it is none of its rows; `answered` is what came of it with all policies. */
export interface Mine {
  id: string;
  answered: Outcome | undefined;
}

/** The tables of a service. Their rows lead to the playground. */
export function tables(table: AccessTable, base: string, view: string, mine?: Mine): TemplateResult {
  return html`<section class="combinations" aria-labelledby="combinations-title">
    <h2 id="combinations-title">${table.title} access combinations</h2>
    <combination-tables .table=${table} .base=${base} .viewId=${view} .mine=${mine?.id} .answered=${mine?.answered}></combination-tables>
  </section>`;
}
