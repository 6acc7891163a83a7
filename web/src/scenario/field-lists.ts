// Which lines a scenario file can hold. The build writes the lists from the
// tables that the engine reads files by.
import { accountFields, entityFields, requestFields } from "../generated/fields.json";

/** A line that a request, or the header of an entity or an account, can have besides condition keys and tags. */
export interface FieldFacts {
  key: string;
  required: boolean;
  /** True where it can stand there more than once. */
  several: boolean;
  /** The prefix of the only service whose requests it is for, or "". */
  service: string;
  /** All values that there are; empty where any text can be right. */
  values: readonly string[];
  /** True where one line can have several of the values. */
  any: boolean;
}

export const REQUEST_FIELDS: readonly FieldFacts[] = requestFields;

const HEADER_FIELDS: Readonly<Record<string, readonly FieldFacts[]>> = { "entity/": entityFields, "account/": accountFields };

/** The lines that the header of a folder can have. */
export function headerFields(folder: string): readonly FieldFacts[] {
  return Object.entries(HEADER_FIELDS).find(([prefix]) => folder.startsWith(prefix))?.[1] ?? [];
}
