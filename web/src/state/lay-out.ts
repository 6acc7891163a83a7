// What was brought in one long line is laid out for its reader. What a person
// types stays as it is.
import { EngineError, type EngineClient } from "../engine/engine-client";
import { isOneLongLine } from "../scenario/one-line";

/** The text, laid out if it is JSON in one long line. */
export async function laidOut(client: EngineClient, text: string): Promise<string> {
  if (!isOneLongLine(text)) return text;
  try {
    return (await client.call("format", text)).text.trimEnd();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return text;
  }
}
