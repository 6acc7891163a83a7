import type { Method, Results } from "./contract";
import type { FromWorker, ToWorker } from "./worker-messages";

declare const __WASM_VERSION__: string;

/** Tells one build of the engine, and of what it made, from the next. */
export const ENGINE_VERSION: string = __WASM_VERSION__;

/** How long a running engine may stay silent before it is replaced. */
const SILENCE_MS = 2000;

/** The engine failed; the message is for the reader. */
export class EngineError extends Error {}

/** Where the engine is in its life. */
export type EngineStatus = { kind: "loading" } | { kind: "ready" } | { kind: "failed"; message: string };

interface Pending {
  id: number;
  method: Method;
  text: string;
  resolve(json: string): void;
  reject(error: EngineError): void;
}

/**
 * Calls the engine in its worker, one call at a time. Calls made while the
 * engine loads wait for it. A crash or two silent seconds end the worker, fail
 * the call that was running, and start a new worker for the calls that wait.
 */
export class EngineClient {
  #worker: Worker | undefined;
  #ready = false;
  #queue: Pending[] = [];
  #running: Pending | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #nextId = 1;
  readonly #onStatus: (status: EngineStatus) => void;

  constructor(onStatus: (status: EngineStatus) => void) {
    this.#onStatus = onStatus;
  }

  /** Starts the worker, or starts it again after it failed. */
  start(): void {
    this.#worker?.terminate();
    this.#ready = false;
    this.#onStatus({ kind: "loading" });
    const worker = new Worker(new URL("./engine.worker.ts", import.meta.url), { type: "module", name: "why403 engine" });
    this.#worker = worker;
    worker.addEventListener("message", (event: MessageEvent<FromWorker>) => {
      if (worker === this.#worker) this.#receive(event.data);
    });
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      if (worker !== this.#worker) return;
      // Before it is ready, starting again would only fail again.
      if (this.#ready) this.#crash(event.message || "the worker stopped");
      else this.#fail(event.message || "the worker could not start");
    });
    this.#post({ kind: "load", url: new URL(`page.wasm?v=${ENGINE_VERSION}`, document.baseURI).href });
  }

  /** Calls one method of the engine and reads its JSON. */
  async call<M extends Method>(method: M, text: string): Promise<Results[M]> {
    const json = await new Promise<string>((resolve, reject) => {
      if (!this.#worker) return reject(new EngineError("The engine is not running."));
      this.#queue.push({ id: this.#nextId++, method, text, resolve, reject });
      this.#next();
    });
    const value = JSON.parse(json) as Results[M] | { error: string };
    if ("error" in value) throw new EngineError(`The engine has a bug: ${value.error}`);
    return value;
  }

  #post(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  #next(): void {
    if (!this.#ready || this.#running) return;
    const pending = this.#queue.shift();
    if (!pending) return;
    this.#running = pending;
    this.#timer = setTimeout(() => this.#crash("no answer for two seconds"), SILENCE_MS);
    this.#post({ kind: "call", id: pending.id, method: pending.method, text: pending.text });
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case "ready":
        this.#ready = true;
        this.#onStatus({ kind: "ready" });
        this.#next();
        break;
      case "failed":
        this.#fail(message.message);
        break;
      case "result":
        if (message.id === this.#running?.id) this.#take()?.resolve(message.json);
        this.#next();
        break;
      case "crashed":
        this.#crash(message.message);
        break;
    }
  }

  #take(): Pending | undefined {
    clearTimeout(this.#timer);
    const pending = this.#running;
    this.#running = undefined;
    return pending;
  }

  #crash(message: string): void {
    const pending = this.#take();
    this.start();
    pending?.reject(new EngineError(`The engine stopped on this input and was started again (${message}).`));
  }

  #fail(message: string): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#ready = false;
    const error = new EngineError(`The engine could not start: ${message}`);
    this.#take()?.reject(error);
    for (const pending of this.#queue.splice(0)) pending.reject(error);
    this.#onStatus({ kind: "failed", message });
  }
}
