// One engine for all embeds of a page. It starts when the first one needs it.
import { EngineClient, JUDGE, type EngineStatus } from "../engine-client";
import { inWorker, type Program, type Starter } from "../engine-program";
import type { ToWorker } from "../worker-messages";

/** Runs the engine in the page. A decision takes so little that nobody waits for it. */
const inPage: Starter = (receive, failed) => {
  const engine = import("../go-engine").then(({ goEngine }) => goEngine(receive));
  engine.catch(() => failed("a part of it could not be loaded"));
  // Between two calls the page gets its turn.
  return { tell: (message) => void engine.then((tell) => setTimeout(() => tell(message)), () => undefined), end: () => undefined };
};

/**
 * Workers come from the page's own origin only, and some pages allow none at
 * all. There the engine runs in the page.
 */
const whereItCan: Starter = (receive, failed) => {
  if (new URL(import.meta.url).origin !== self.origin) return inPage(receive, failed);
  let load: ToWorker | undefined;
  let heard = false;
  let program: Program = inWorker(
    (message) => {
      heard = true;
      receive(message);
    },
    (message) => {
      if (heard) return failed(message);
      heard = true;
      program.end();
      program = inPage(receive, failed);
      if (load) program.tell(load);
    },
  );
  return {
    tell: (message) => {
      if (message.kind === "load") load = message;
      program.tell(message);
    },
    end: () => program.end(),
  };
};

let client: EngineClient | undefined;
let status: EngineStatus = { kind: "loading" };

/** How the engine of the page is. */
export function engineStatus(): EngineStatus {
  return status;
}

/** The engine of the page, started where it does not run: at first, and after it failed. */
export function sharedEngine(base: string): EngineClient {
  const idle = !client || status.kind === "failed";
  client ??= new EngineClient({ ...JUDGE, file: new URL(JUDGE.file, base).href }, (now) => (status = now), whereItCan);
  if (idle) client.start();
  return client;
}
