// Which lines a scenario file can hold. The build writes the lists from the
// tables that the engine reads files by.
import type { FieldFacts } from "../engine/contract";
import {
  accountFields,
  callerPattern,
  entityFields,
  policiesOf,
  principalForms,
  requestFields,
  servicePattern,
  suggestedKeys,
} from "../generated/fields.json";

export const REQUEST_FIELDS: readonly FieldFacts[] = requestFields;

/** Condition keys to offer besides those of an action. */
export const SUGGESTED_KEYS: readonly { key: string; service: string; boolean: boolean }[] = suggestedKeys;

/** How callers are written, for people. */
export const PRINCIPAL_FORMS: readonly { who: string; written: string }[] = principalForms;

/** The prefix of the service that an ARN is of: "iam" for all that can call; "" while nothing tells. */
export function serviceOfARN(arn: string): string {
  if (new RegExp(callerPattern).test(arn)) return "iam";
  return new RegExp(servicePattern).exec(arn)?.[1] ?? "";
}

/** What the policy of a resource is called, where it has a name of its own: "Key policy", "Role trust policy"; else "". */
export function policyOfARN(arn: string): string {
  return policiesOf.find(({ arns }) => new RegExp(arns).test(arn))?.label ?? "";
}

const HEADER_FIELDS: Readonly<Record<string, readonly FieldFacts[]>> = { "entity/": entityFields, "account/": accountFields };

/** The lines that the header of a folder can have. */
export function headerFields(folder: string): readonly FieldFacts[] {
  return Object.entries(HEADER_FIELDS).find(([prefix]) => folder.startsWith(prefix))?.[1] ?? [];
}
