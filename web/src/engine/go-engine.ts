// The engine as a program that runs here: in a worker, or in the page where no
// worker can be had. One text in, one JSON text out.
import loader from "../generated/wasm_exec.js?scoped";
import type { Method } from "./contract";
import type { FromWorker, ToWorker } from "./worker-messages";

/** What Go sees as the global object: all that it uses, and nobody else's. */
function goScope() {
  const { crypto, performance } = globalThis;
  return { Object, Array, Uint8Array, Error, Date, TextEncoder, TextDecoder, crypto, performance } as {
    why403?: Record<Method, (text: string) => string>;
  };
}

/**
 * How Go's memory is tidied: seldom, since a judgement leaves a megabyte or two
 * behind and tidying was a third of its time; but often where much is in use.
 *
 * https://pkg.go.dev/runtime#hdr-Environment_Variables
 */
const MEMORY = { GOGC: "800", GOMEMLIMIT: "192MiB" };

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Makes a program that is told what to do, and says what came of it. */
export function goEngine(send: (message: FromWorker) => void): (message: ToWorker) => void {
  const scope = goScope();

  async function load(module: WebAssembly.Module): Promise<void> {
    try {
      const go = new (loader(scope))();
      Object.assign(go.env, MEMORY);
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
      // A RangeError here may leave the heap damaged, so a new program is started.
      send({ kind: "crashed", message: words(error) });
    }
  }

  return (message) => {
    if (message.kind === "load") void load(message.module);
    else call(message.id, message.method, message.text);
  };
}
