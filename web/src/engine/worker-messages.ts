import type { Method } from "./contract";

/** What the page sends to the worker. */
export type ToWorker = { kind: "load"; module: WebAssembly.Module } | { kind: "call"; id: number; method: Method; text: string };

/** What the worker sends back. */
export type FromWorker =
  | { kind: "ready" }
  | { kind: "failed"; message: string }
  | { kind: "result"; id: number; json: string }
  | { kind: "crashed"; message: string };
