// What the elements of an embed and their live views say to each other.
import type { Outcome } from "../engine/contract";

/** What the engine answered. */
export interface Result {
  /** The outcome of each request, in their order. */
  readonly outcomes: readonly Outcome[];
  /** The verdict on the request that is shown. */
  readonly verdict: string;
  /** Whether all outcomes are those of the expect attribute; undefined without one. */
  readonly met: boolean | undefined;
}

/** Where a live view stands. */
export interface Place {
  readonly element: HTMLElement;
  /** The address of the playground, with a slash at its end. */
  readonly base: string;
  /** Puts the live view in the place of what stands there. */
  show(content: HTMLElement): void;
  /** Says something below it; "" takes it back. */
  note(message: string): void;
}

/** A live view. */
export interface Live {
  /** The scenario file that it shows; undefined while there is none, and where there never is. */
  readonly scenario?: string | undefined;
  readonly result?: Result | undefined;
  /** Shows another scenario file. */
  open(text: string): void;
  /** An attribute of the element has changed. */
  changed(name: string): void;
}

/** Sends an event from an element, to all around it. */
export function announce(element: HTMLElement, name: "why403-ready" | "why403-decision" | "why403-error", detail: object): void {
  element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
