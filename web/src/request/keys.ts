// The keys that a request can carry, and the values that AWS gives for some.
import type { FieldFacts } from "../engine/contract";
import { REQUEST_FIELDS, SUGGESTED_KEYS } from "../scenario/field-lists";
import { SECTIONS } from "../scenario/section-lists";
import { MAIN_KEYS, mainLine, type Line, type Request } from "../state/page-state";

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
}

const BOOLEAN = ["true", "false"];

/** The keys of a request that are not condition keys: the names of the scenario file. */
const SCENARIO: readonly KnownKey[] = REQUEST_FIELDS.filter(({ key }) => !MAIN_KEYS.some((main) => main === key)).map((field) => ({
  key: field.key,
  any: field.any,
  ...(field.service === "" ? {} : { service: field.service }),
  ...(field.values.length === 0 ? {} : { values: field.values }),
}));

/** Condition keys worth offering: the usual ones for a page that could not load the full lists. */
const CONDITION: readonly KnownKey[] = SUGGESTED_KEYS.map(({ key, service, boolean }) => ({
  key,
  ...(service === "" ? {} : { service }),
  ...(boolean ? { hints: BOOLEAN } : {}),
}));

/** What is known about a key. The names of condition keys are not case-sensitive. */
export function knownKey(name: string): KnownKey | undefined {
  const lower = name.toLowerCase();
  return SCENARIO.find(({ key }) => key === name) ?? CONDITION.find(({ key }) => key.toLowerCase() === lower);
}

/** True for a condition key: it can stand in a request several times, each with one value. */
export function isConditionKey(name: string): boolean {
  return name.includes(":");
}

const wordsOf = ({ value }: Line) => value.split(/[\s,]+/).filter((word) => word !== "");

/** True for the line by which whatever is not given is not known. */
export function leavesRest(line: Line): boolean {
  return line.key === "unknown" && wordsOf(line).includes("*");
}

/** True for a line that says of policies alone that they are not known, or that there are none: their cards say so. */
export function isOfCards(line: Line): boolean {
  const words = wordsOf(line);
  const ofCard = (word: string) => word === "*" || SECTIONS.some(({ unknown }) => unknown === word);
  return (line.key === "unknown" || line.key === "none") && words.length > 0 && words.every(ofCard);
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

/** The lines that requests of a service often need, each with the text of its button. */
export function oftenNeeded(service: string): readonly FieldFacts[] {
  return REQUEST_FIELDS.filter(({ label, offerFor }) => label !== "" && offerFor === service);
}
