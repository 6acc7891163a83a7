// The engine as a module for Node and for browsers: text in, answers out.
// Nothing that is given to it leaves the program. The elements for pages are
// beside it, in why403.js.
import { JUDGES, type Method, type Results } from "../engine/contract";
import { goEngine } from "../engine/go-engine";
import type { FromWorker, ToWorker } from "../engine/worker-messages";

export type * from "../engine/contract";

/** Where the engine finds its files, where they don't lie beside the module. */
export interface Files {
  /** page.wasm: its bytes or its address. */
  judge?: BufferSource | URL | string;
  /** import.wasm, which imports, diagnoses, finds fixes and writes blocks. */
  importer?: BufferSource | URL | string;
  /** catalogue.json: what AWS knows of its services. "" for none. */
  catalogue?: URL | string;
}

/** The engine can't be had, or broke down over a text. */
export class EngineError extends Error {}

type File = NonNullable<Files["judge"]>;

// Bundlers find the files by these.
const JUDGE = new URL("./page.wasm", import.meta.url);
const IMPORTER = new URL("./import.wasm", import.meta.url);
const CATALOGUE = new URL("./catalogue.json", import.meta.url);

const isJudge = (method: Method) => (JUDGES as readonly Method[]).includes(method);

/** The bytes of a file. Node's fetch reads no files. */
async function bytes(file: File): Promise<BufferSource> {
  if (typeof file !== "string" && !(file instanceof URL)) return file;
  const address = new URL(file, import.meta.url);
  if (address.protocol === "file:") {
    const { readFile } = await import(/* @vite-ignore */ "node:fs/promises" as string);
    return readFile(address);
  }
  const response = await fetch(address);
  if (!response.ok) throw new EngineError(`${address.href}: HTTP status ${response.status}`);
  return response.arrayBuffer();
}

/** One program of the engine. After a crash the next call starts it anew. */
class Program {
  readonly #file: File;
  #running: Promise<(message: ToWorker) => void> | undefined;
  #heard: (message: FromWorker) => void = () => undefined;

  constructor(file: File) {
    this.#file = file;
  }

  async call(method: Method, text: string): Promise<string> {
    this.#running ??= this.#start();
    const tell = await this.#running.catch((error: unknown) => {
      this.#running = undefined;
      throw error;
    });
    return new Promise((resolve, reject) => {
      this.#heard = (message) => {
        if (message.kind === "result") return resolve(message.json);
        this.#running = undefined;
        reject(new EngineError("message" in message ? message.message : "the engine gave no answer"));
      };
      tell({ kind: "call", id: 0, method, text });
    });
  }

  async #start(): Promise<(message: ToWorker) => void> {
    const module = await WebAssembly.compile(await bytes(this.#file));
    return new Promise((resolve, reject) => {
      const tell = goEngine((message) => this.#heard(message));
      this.#heard = (message) =>
        message.kind === "ready"
          ? resolve(tell)
          : reject(new EngineError("message" in message ? message.message : "the engine did not start"));
      tell({ kind: "load", module });
    });
  }
}

/** Answers scenario files, one call at a time. Its files are read when they are first needed. */
export class Engine {
  readonly #judge: Program;
  readonly #importer: Program;
  readonly #catalogue: URL | string;
  #services: Promise<Record<string, string>> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(files: Files = {}) {
    this.#judge = new Program(files.judge ?? JUDGE);
    this.#importer = new Program(files.importer ?? IMPORTER);
    this.#catalogue = files.catalogue ?? CATALOGUE;
  }

  /** The answers to all requests of a scenario file, and its problems. Fails with an EngineError only where the engine breaks. */
  evaluate(text: string): Promise<Results["evaluate"]> {
    return this.call("evaluate", text);
  }

  /** Any method of the engine. It is told of the services of AWS that the text asks for. */
  call<M extends Method>(method: M, text: string): Promise<Results[M]> {
    const next = this.#last.then(() => this.#told(method, text));
    this.#last = next.catch(() => undefined);
    return next;
  }

  async #told<M extends Method>(method: M, text: string): Promise<Results[M]> {
    const program = isJudge(method) ? this.#judge : this.#importer;
    const tried = new Set<string>();
    for (;;) {
      const result = JSON.parse(await program.call(method, text)) as Results[M] & { missing?: string[] };
      const missing = (result.missing ?? []).filter((prefix) => !tried.has(prefix));
      if (missing.length === 0) return result;
      const services = await this.#known();
      for (const prefix of missing) {
        tried.add(prefix);
        const service = services[prefix];
        if (service !== undefined) await program.call("service", service);
      }
    }
  }

  /** The texts of the services. Without them there are answers all the same, which name them as missing. */
  #known(): Promise<Record<string, string>> {
    this.#services ??= (
      this.#catalogue === "" ? Promise.resolve("{}") : bytes(this.#catalogue).then((read) => new TextDecoder().decode(read))
    )
      .then((json) => JSON.parse(json) as Record<string, string>)
      .catch(() => ({}));
    return this.#services;
  }
}
