// Which lines a scenario file can hold. The build writes the lists from the
// tables that the engine reads files by.
import type { FieldFacts } from "../engine/contract";
import {
  accountFields,
  callerARNs,
  entityFields,
  policiesOf,
  principalForms,
  requestFields,
  serviceDomains,
  suggestedKeys,
} from "../generated/fields.json";

export const REQUEST_FIELDS: readonly FieldFacts[] = requestFields;

/** Condition keys to offer besides those of an action. */
export const SUGGESTED_KEYS: readonly { key: string; service: string; boolean: boolean }[] = suggestedKeys;

/** How callers are written, for people. */
export const PRINCIPAL_FORMS: readonly { who: string; written: string }[] = principalForms;

/** The prefix of the service that an ARN is of: "iam" for all that can call; "" while nothing tells. */
export function serviceOfARN(arn: string): string {
  if (serviceDomains.some((domain) => arn.endsWith(domain))) return "iam";
  const service = arn.startsWith("arn:") ? (arn.split(":")[2] ?? "") : "";
  return callerARNs.includes(service) ? "iam" : service;
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
