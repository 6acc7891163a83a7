import type { Method, Results } from "./contract";
import { inWorker, type Program, type Starter } from "./engine-program";
import { wasmModule } from "./wasm-module";
import type { FromWorker } from "./worker-messages";

declare const __WASM_VERSION__: string;
declare const __IMPORT_VERSION__: string;
declare const __SOURCE_VERSION__: string;

/** Tells one build of the engine, and of what it made, from the next. */
export const ENGINE_VERSION: string = __WASM_VERSION__;

/** A part of the engine that runs in a worker of its own. */
export interface Module {
  file: string;
  version: string;
  /** How many milliseconds a call may take before the worker is replaced. */
  patience: number;
}

/** What judges. The largest scenario that a link carries takes it a second, and a slow phone four times as long. */
export const JUDGE: Module = { file: "page.wasm", version: ENGINE_VERSION, patience: 8000 };

/** What reads the things that AWS prints. Its texts may be large. */
export const IMPORTER: Module = { file: "import.wasm", version: __IMPORT_VERSION__, patience: 20_000 };

/** What makes JSON of infrastructure as code, and replaces names. */
export const SOURCE: Module = { file: "source.wasm", version: __SOURCE_VERSION__, patience: 20_000 };

/** The address of a part of the engine. */
function moduleAddress({ file, version }: Module): string {
  return new URL(`${file}?v=${version}`, document.baseURI).href;
}

/**
 * The time of a call passes in so many steps, each of them a turn of the page. A
 * page that was busy itself has then heard what the engine said meanwhile.
 */
const STEPS = 20;

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
 * engine loads wait for it. A crash or a long silence ends the worker, fails the
 * call that was running, and starts a new worker for the calls that wait.
 */
export class EngineClient {
  #program: Program | undefined;
  #ready = false;
  #queue: Pending[] = [];
  #running: Pending | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #nextId = 1;
  readonly #module: Module;
  readonly #onStatus: (status: EngineStatus) => void;
  readonly #starter: Starter;

  constructor(module: Module, onStatus: (status: EngineStatus) => void, starter: Starter = inWorker) {
    this.#module = module;
    this.#onStatus = onStatus;
    this.#starter = starter;
  }

  /** The address that the engine's files lie under. */
  get base(): string {
    return moduleAddress(this.#module);
  }

  /** Starts the worker, or starts it again after it failed. */
  start(): void {
    this.#program?.end();
    this.#ready = false;
    this.#onStatus({ kind: "loading" });
    const running = () => program === this.#program;
    const program: Program = this.#starter(
      (message) => running() && this.#receive(message),
      (message) => running() && this.#broke(message),
    );
    this.#program = program;
    wasmModule(moduleAddress(this.#module)).then(
      (module) => running() && program.tell({ kind: "load", module }),
      (error: unknown) => running() && this.#fail(error instanceof Error ? error.message : String(error)),
    );
  }

  /** Ends the worker, and with it what it was asked. */
  end(): void {
    this.#fail("it was stopped");
  }

  /** Calls one method of the engine and reads its JSON. */
  async call<M extends Method>(method: M, text: string): Promise<Results[M]> {
    const json = await new Promise<string>((resolve, reject) => {
      if (!this.#program) return reject(new EngineError("The engine is not running."));
      this.#queue.push({ id: this.#nextId++, method, text, resolve, reject });
      this.#next();
    });
    const value = JSON.parse(json) as Results[M] | { error: string };
    if ("error" in value) throw new EngineError(`The engine has a bug: ${value.error}`);
    return value;
  }

  #next(): void {
    if (!this.#ready || this.#running) return;
    const pending = this.#queue.shift();
    if (!pending) return;
    this.#running = pending;
    let left = STEPS;
    this.#timer = setInterval(() => {
      if (--left === 0) this.#crash(`no answer for ${this.#module.patience / 1000} seconds`);
    }, this.#module.patience / STEPS);
    this.#program?.tell({ kind: "call", id: pending.id, method: pending.method, text: pending.text });
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
    clearInterval(this.#timer);
    const pending = this.#running;
    this.#running = undefined;
    return pending;
  }

  // Before it is ready, starting again would only fail again.
  #broke(message: string): void {
    if (this.#ready) this.#crash(message || "the worker stopped");
    else this.#fail(message || "the worker could not start");
  }

  #crash(message: string): void {
    const pending = this.#take();
    this.start();
    pending?.reject(new EngineError(`The engine was started again: ${message}.`));
  }

  #fail(message: string): void {
    this.#program?.end();
    this.#program = undefined;
    this.#ready = false;
    const error = new EngineError(`The engine could not start: ${message}`);
    this.#take()?.reject(error);
    for (const pending of this.#queue.splice(0)) pending.reject(error);
    this.#onStatus({ kind: "failed", message });
  }
}
