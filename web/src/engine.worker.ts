// Runs the engine off the page's thread. One text in, one JSON text out.
import "./generated/wasm_exec.js";
import type { Method } from "./contract";
import type { FromWorker, ToWorker } from "./worker-messages";

interface GoProgram {
  importObject: WebAssembly.Imports;
  run(instance: WebAssembly.Instance): Promise<void>;
}

const scope = globalThis as unknown as {
  Go: new () => GoProgram;
  why403?: Record<Method, (text: string) => string>;
};

function send(message: FromWorker): void {
  postMessage(message);
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function load(module: WebAssembly.Module): Promise<void> {
  try {
    const go = new scope.Go();
    const instance = await WebAssembly.instantiate(module, go.importObject);
    // The promise settles only when the Go program ends, which it never should.
    go.run(instance).then(
      () => send({ kind: "crashed", message: "the engine ended" }),
      (error: unknown) => send({ kind: "crashed", message: words(error) }),
    );
    if (!scope.why403) throw new Error("the engine did not start");
    send({ kind: "ready" });
  } catch (error) {
    send({ kind: "failed", message: words(error) });
  }
}

function call(id: number, method: Method, text: string): void {
  try {
    const json: unknown = scope.why403?.[method](text);
    if (typeof json !== "string") throw new Error("the engine gave no answer");
    send({ kind: "result", id, json });
  } catch (error) {
    // A RangeError here may leave the heap damaged, so the page starts a new worker.
    send({ kind: "crashed", message: words(error) });
  }
}

addEventListener("message", (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if (message.kind === "load") void load(message.module);
  else call(message.id, message.method, message.text);
});
