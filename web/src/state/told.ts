import { serviceTexts } from "../engine/catalogue-texts";
import type { Results } from "../engine/contract";
import type { EngineClient } from "../engine/engine-client";

/** The methods whose answers say which services of AWS they would have asked. */
type Asking = { [M in keyof Results]: Results[M] extends { missing: string[] } ? M : never }[keyof Results];

/**
 * Calls a method with what AWS knows of the services in the text: the engine
 * names those that it was not told of. What can't be had is left out, and named.
 */
export async function callTold<M extends Asking>(
  client: EngineClient,
  method: M,
  text: string,
): Promise<{ result: Results[M]; failed: readonly string[] }> {
  const tried = new Set<string>();
  const failed: string[] = [];
  for (;;) {
    const result = await client.call(method, text);
    const missing = result.missing.filter((prefix) => !tried.has(prefix));
    for (const prefix of missing) tried.add(prefix);
    const found = await serviceTexts(client.base, missing);
    failed.push(...found.failed);
    if (found.texts.length === 0) return { result, failed };
    for (const service of found.texts) await client.call("service", service);
  }
}
