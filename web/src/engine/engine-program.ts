import type { FromWorker, ToWorker } from "./worker-messages";

/** A running engine, in a worker or elsewhere. */
export interface Program {
  tell(message: ToWorker): void;
  end(): void;
}

/** Starts a program. `failed` is for one that breaks without saying so itself. */
export type Starter = (receive: (message: FromWorker) => void, failed: (message: string) => void) => Program;

/** Starts the engine in a worker of its own. */
export const inWorker: Starter = (receive, failed) => {
  const worker = new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module", name: "why403 engine" });
  worker.addEventListener("message", (event: MessageEvent<FromWorker>) => receive(event.data));
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    failed(event.message);
  });
  return { tell: (message) => worker.postMessage(message), end: () => worker.terminate() };
};
