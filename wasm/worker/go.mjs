// The kept Go instance. See main_js.go for why there is one, and what it may do.
import "./wasm_exec.js";
import program from "./app.wasm";

// A reader of the module keeps a callback for each body, so an instance ends
// before they matter. Starting one takes some 50 ms.
const MOST_TURNS = 10_000;

let running;

/** Starts Go. It runs until it waits, and has set its handler by then. */
function start() {
  const binding = {};
  globalThis.context = { binding };
  const go = new Go();
  const instance = new WebAssembly.Instance(program, { ...go.importObject, workers: { ready() {} } });
  const ended = go.run(instance).then(() => {
    throw new Error("Go ended");
  });
  ended.catch(() => {}); // whoever waits for an answer hears of it
  return { ended, handle: binding.handleRequest, turns: 0 };
}

// Go reads a body as a stream. One that is there already needs no I/O.
const stream = (bytes) => ({
  getReader() {
    const chunks = [{ done: false, value: bytes }];
    return { read: async () => chunks.pop() ?? { done: true }, cancel() {} };
  },
});

/** One turn: a request and what is known of the store, to the reply of main_js.go. */
export async function ask(method, url, headers, body) {
  running ??= start();
  const asked = running;
  if (++asked.turns === MOST_TURNS) running = undefined;
  try {
    const response = await Promise.race([asked.handle({ method, url, headers, body: body ? stream(body) : null }), asked.ended]);
    return await response.json();
  } catch (error) {
    // Whatever broke it, its memory is not to be trusted any more.
    if (running === asked) running = undefined;
    throw error;
  }
}
