// What the iframe /embed/ and the page around it say to each other. Every
// message says the version of the protocol, so that others can be told apart.
import type { Result } from "./live";

/** What the iframe says. */
export type FromFrame =
  | { why403: 1; type: "ready" }
  /** The height of what it shows, in pixels. */
  | { why403: 1; type: "height"; height: number }
  | ({ why403: 1; type: "decision" } & Result)
  | { why403: 1; type: "error"; message: string };

/** What the page around it says: the scenario file to show. */
export interface ToFrame {
  why403: 1;
  type: "set-scenario";
  scenario: string;
}

/** A message of unknown origin: nothing of it is certain. */
export type Unsure = Partial<Record<string, unknown>> | null | undefined;
