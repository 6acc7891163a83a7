// Links that carry a whole scenario file in the fragment of an address, which
// browsers send to no server.
import { OUTCOMES, type Outcome } from "../engine/contract";
import { BlobError, pack, unpack, type Kind } from "./blob";

export type { Kind };

/** What the engine answered when the link was made: its version, and the outcome of each request. */
export interface Answered {
  engine: string;
  outcomes: readonly Outcome[];
}

/** What a link carries. The engine is "" and there are no outcomes where it does not say. */
export interface Link extends Answered {
  text: string;
}

/** Why there is no link, or none that can be read, in words for people. */
export interface LinkError {
  error: { kind: Kind; message: string };
}

function word(outcome: Outcome): string {
  return outcome.replaceAll(" ", "-");
}

const MESSAGES: Record<Exclude<Kind, "cut off">, string> = {
  none: "This is not a link to a scenario. Such a link has #s= in it.",
  damaged: "The link was changed on its way and can't be read. Ask for it again, or for the file.",
  "too large": "The link is larger than links can be. Ask for the file.",
  newer: "The link is from a newer version of why403. Update this one, or ask for the file.",
};

function failure(kind: Kind, blob: string): LinkError {
  const cut = `The link was cut off after ${blob.length} characters. Ask for it again, or for the file.`;
  return { error: { kind, message: kind === "cut off" ? cut : MESSAGES[kind] } };
}

/** Writes a link, from its "#" on. The same scenario has the same link. */
export function encodeLink(text: string, { engine, outcomes }: Answered): string | LinkError {
  try {
    const blob = pack(text);
    return outcomes.length === 0 ? `#s=${blob}` : `#s=${blob}&e=${engine}&o=${outcomes.map(word).join(".")}`;
  } catch (error) {
    if (!(error instanceof BlobError)) throw error;
    return { error: { kind: error.kind, message: "The scenario is too large for a link. Send the file." } };
  }
}

/** Reads a link: a whole address, its fragment with or without the "#", or the blob alone. */
export function decodeLink(address: string): Link | LinkError {
  const parameters = find(trimmed(address));
  const blob = parameters.get("s");
  if (blob === undefined) return failure("none", "");
  try {
    return { text: unpack(blob), ...answered(parameters) };
  } catch (error) {
    if (!(error instanceof BlobError)) throw error;
    return failure(error.kind, blob);
  }
}

const PASTED = /[\s\u0085]/;

/** A link without what a paste brings around it: spaces of any kind, and byte order marks. */
function trimmed(address: string): string {
  let [start, end] = [0, address.length];
  while (start < end && PASTED.test(address.charAt(start))) start++;
  while (start < end && PASTED.test(address.charAt(end - 1))) end--;
  return address.slice(start, end);
}

/** The parameters of the fragment. Of several with one name the first counts. */
function find(address: string): Map<string, string> {
  const hash = address.indexOf("#");
  const pieces = address.slice(hash + 1).split("&");
  // Only where nothing tells of a fragment is the first piece the blob itself.
  if (hash < 0 && /^[\w-]+$/.test(pieces[0] ?? "")) pieces[0] = `s=${pieces[0]}`;
  const parameters = new Map<string, string>();
  for (const piece of pieces) {
    const [name = "", ...value] = piece.split("=");
    if (!parameters.has(name)) parameters.set(name, value.join("="));
  }
  return parameters;
}

/** What the engine said, as far as it is known: a link may be cut off in here. */
function answered(parameters: ReadonlyMap<string, string>): Answered {
  const engine = parameters.get("e") ?? "";
  const outcomes: Outcome[] = [];
  for (const part of (parameters.get("o") ?? "").split(".")) {
    const outcome = OUTCOMES.find((entry) => word(entry) === part);
    if (!outcome) break;
    outcomes.push(outcome);
  }
  return /^[\w-]+$/.test(engine) && outcomes.length > 0 ? { engine, outcomes } : { engine: "", outcomes: [] };
}
