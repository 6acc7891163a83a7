// One engine for all embeds of a page. It starts when the first one needs it.
import { EngineClient, JUDGE, type EngineStatus, type Module } from "../engine/engine-client";
import { inWorker, type Program, type Starter } from "../engine/engine-program";
import type { ToWorker } from "../engine/worker-messages";

/** Runs the engine in the page. A decision takes so little that nobody waits for it. */
const inPage: Starter = (receive, failed) => {
  const engine = import("../engine/go-engine").then(({ goEngine }) => goEngine(receive));
  engine.catch(() => failed("a part of it could not be loaded"));
  // Between two calls the page gets its turn.
  return {
    tell: (message) =>
      void engine.then(
        (tell) => setTimeout(() => tell(message)),
        () => undefined,
      ),
    end: () => undefined,
  };
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

/** A part of the engine, and how it is. */
interface Shared {
  client: EngineClient;
  status: EngineStatus;
}

const shared = new Map<string, Shared>();

/** How the engine of the page is. */
export function engineStatus(): EngineStatus {
  return shared.get(JUDGE.file)?.status ?? { kind: "loading" };
}

/** A part of the engine of the page, started where it does not run: at first, and after it failed. */
export function sharedEngine(base: string, module: Module = JUDGE): EngineClient {
  let part = shared.get(module.file);
  const idle = !part || part.status.kind === "failed";
  if (!part) {
    const client = new EngineClient({ ...module, file: new URL(module.file, base).href }, (status) => (made.status = status), whereItCan);
    const made: Shared = (part = { client, status: { kind: "loading" } });
    shared.set(module.file, part);
  }
  if (idle) part.client.start();
  return part.client;
}
