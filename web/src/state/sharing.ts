// What is shared of the scenario on the page.
import type { Block, BlockForm, Redaction } from "../engine/contract";
import { EngineError, IMPORTER } from "../engine/engine-client";
import type { LinkError } from "../links/link";
import { scenarioText } from "../scenario/scenario-text";
import type { Controller } from "./controller";

/** The link of what is on the page, or of a redaction of it. */
export async function linkOf({ judge, state }: Controller, redacted?: Redaction): Promise<string | LinkError> {
  const { encodeLink } = await import("../links/link");
  const same = redacted === undefined || redacted.proof.proved;
  const fresh = same && !judge.pending && !judge.stale;
  const outcomes = fresh ? judge.answers.map((answer) => answer.outcome) : [];
  return encodeLink(redacted?.text ?? scenarioText(state), { engine: judge.engineVersion, outcomes });
}

/** A scenario file as a block for somebody's page, with the address that opens it. */
export async function blockOf({ readers }: Controller, form: BlockForm, address: string, file: string): Promise<Block> {
  const { callTold } = await import("./told");
  try {
    return (await callTold(readers.of(IMPORTER), "block", `${form} ${address}\n${file}`)).result;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { block: "", problem: error.message, missing: [] };
  }
}
