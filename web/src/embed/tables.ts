// The KMS access combinations. Fetched only where an embed shows them.
import { html, type TemplateResult } from "lit";
import "../tables/combination-tables";
import type { Outcome, Row } from "../engine/contract";
import type { EngineClient } from "../engine/engine-client";
import css from "../styles/combinations.css?inline";
import { sheet } from "./styles";

export const SHEETS = [sheet(css)];

let rows: Promise<readonly Row[]> | undefined;

/** The rows, which all embeds of a page share. */
export function combinations(client: EngineClient): Promise<readonly Row[]> {
  rows ??= client.call("combinations", "").then((answer) => answer.rows);
  rows.catch(() => (rows = undefined));
  return rows;
}

/** The tables. Their rows lead to the playground. `mine` is the reader's case: "" if it is none of them, undefined where there is no reader's case; `answered` is what came of it with all policies. */
export function tables(all: readonly Row[], base: string, view: string, mine: string | undefined, answered?: Outcome): TemplateResult {
  return html`<combination-tables .rows=${all} .base=${base} .viewId=${view} .mine=${mine} .answered=${answered}></combination-tables>`;
}
