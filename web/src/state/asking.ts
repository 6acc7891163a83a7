// What few readers ask of the scenario on the page. import.wasm or source.wasm answers it.
import type { Redaction, Results } from "../engine/contract";
import { IMPORTER, SOURCE } from "../engine/engine-client";
import { scenarioText } from "../scenario/scenario-text";
import type { Controller } from "./controller";
import type { Told } from "./drafts";
import { activeRequest } from "./page-state";
import { callTold } from "./told";

/** The page, as far as a question needs it. */
export type Page = Pick<Controller, "readers" | "state">;

async function ask<M extends "changes" | "witness">(
  { readers, state }: Page,
  method: M,
  head: Record<string, string>,
): Promise<Results[M]> {
  return (await callTold(readers.of(IMPORTER), method, `${JSON.stringify(head)}\n${scenarioText(state)}`)).result;
}

/** Which rules of the engine changed the answers since an older version. */
export function changesSince(page: Page, { engine, outcomes }: Told): Promise<Results["changes"]> {
  return ask(page, "changes", { engine, outcomes: outcomes.join() });
}

/** What AWS's own simulator is asked about the shown request, and what its output says; "" is no output. */
export function witnessOf(page: Page, output: string): Promise<Results["witness"]> {
  return ask(page, "witness", { request: activeRequest(page.state).name, output });
}

/** A scenario with stand-ins for its names, and the services whose facts could not be fetched. */
export function redactionOf({ readers }: Page, text: string): Promise<{ result: Redaction; failed: readonly string[] }> {
  return callTold(readers.of(SOURCE), "redact", text);
}
