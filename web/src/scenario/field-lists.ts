// Which lines a scenario file can hold. The build writes the lists from the
// tables that the engine reads files by.
import type { FieldFacts } from "../engine/contract";
import { accountFields, entityFields, requestFields } from "../generated/fields.json";

export const REQUEST_FIELDS: readonly FieldFacts[] = requestFields;

const HEADER_FIELDS: Readonly<Record<string, readonly FieldFacts[]>> = { "entity/": entityFields, "account/": accountFields };

/** The lines that the header of a folder can have. */
export function headerFields(folder: string): readonly FieldFacts[] {
  return Object.entries(HEADER_FIELDS).find(([prefix]) => folder.startsWith(prefix))?.[1] ?? [];
}
