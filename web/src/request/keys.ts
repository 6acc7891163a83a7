// The keys that a request can carry, and the values that AWS gives for some.
import { REQUEST_FIELDS } from "../scenario/field-lists";
import { MAIN_KEYS, mainLine, type Request } from "../state/page-state";

/** A key that is offered while a person types one. Any other key works as well. */
export interface KnownKey {
  key: string;
  /** The action prefix that it is for; without one it fits every service. */
  service?: string;
  /** All values that there are. */
  values?: readonly string[];
  /** True where the value is any number of those, with spaces between them. */
  any?: boolean;
  /** Values worth offering where any text is right. */
  hints?: readonly string[];
  /** The text of the button that adds it. */
  chip?: string;
}

const BOOLEAN = ["true", "false"];

/** The settings that have a button of their own, and its text. */
const CHIPS: Readonly<Record<string, string>> = {
  "object-ownership": "Object Ownership",
  "block-public-access": "Block Public Access",
  "resource-account": "Bucket's account",
};

/** The keys of a request that are not condition keys: the names of the scenario file. */
const SCENARIO: readonly KnownKey[] = REQUEST_FIELDS.filter(({ key }) => !MAIN_KEYS.some((main) => main === key)).map((field) => ({
  key: field.key,
  any: field.any,
  ...(CHIPS[field.key] === undefined ? {} : { chip: CHIPS[field.key] as string }),
  ...(field.service === "" ? {} : { service: field.service }),
  ...(field.values.length === 0 ? {} : { values: field.values }),
}));

/** Condition keys with values worth offering, and the usual ones for a page that could not load the full lists. */
const CONDITION: readonly KnownKey[] = [
  { key: "kms:EncryptionContext:NAME", service: "kms" },
  { key: "kms:GrantIsForAWSResource", service: "kms", hints: BOOLEAN },
  { key: "kms:RequestAlias", service: "kms" },
  { key: "kms:ViaService", service: "kms" },
  { key: "aws:AssumedRoot", hints: BOOLEAN },
  { key: "aws:MultiFactorAuthPresent", hints: BOOLEAN },
  { key: "aws:PrincipalIsAWSService", hints: BOOLEAN },
  { key: "aws:PrincipalOrgID" },
  { key: "aws:PrincipalTag/NAME" },
  { key: "aws:RequestTag/NAME" },
  { key: "aws:RequestedRegion" },
  { key: "aws:ResourceTag/NAME" },
  { key: "aws:SecureTransport", hints: BOOLEAN },
  { key: "aws:SourceAccount" },
  { key: "aws:SourceArn" },
  { key: "aws:SourceIp" },
  { key: "aws:SourceVpce" },
  { key: "aws:TagKeys" },
  { key: "aws:ViaAWSService", hints: BOOLEAN },
];

/** What is known about a key. The names of condition keys are not case-sensitive. */
export function knownKey(name: string): KnownKey | undefined {
  const lower = name.toLowerCase();
  return SCENARIO.find(({ key }) => key === name) ?? CONDITION.find(({ key }) => key.toLowerCase() === lower);
}

/** True for a condition key: it can stand in a request several times, each with one value. */
export function isConditionKey(name: string): boolean {
  return name.includes(":");
}

/** The prefix of the request's action, such as "s3"; "" while there is none. */
export function actionPrefix(request: Request): string {
  const [prefix, name] = (mainLine(request, "action")?.value ?? "").trim().toLowerCase().split(":");
  return name === undefined ? "" : (prefix ?? "");
}

function fits(service: string): (known: KnownKey) => boolean {
  return (known) => known.service === undefined || service === "" || known.service === service;
}

/**
 * The keys to offer for a service ("" for all): the scenario's, then those
 * that the action carries, with a "*" for a name that the author chooses, then
 * the usual ones.
 */
export function offeredKeys(service: string, own: readonly string[]): string[] {
  const names = (keys: readonly KnownKey[]) => keys.filter(fits(service)).map(({ key }) => key);
  return [...new Set([...names(SCENARIO), ...own.map((key) => key.replace("*", "NAME")), ...names(CONDITION)])];
}

/** The settings of a service that have a button of their own. Of all ARNs those of buckets have no account, so S3 has that one. */
export function settings(service: string): KnownKey[] {
  return SCENARIO.filter((known) => known.chip !== undefined && (known.service ?? "s3") === service);
}
