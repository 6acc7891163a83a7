import { EngineClient, type Module } from "../engine/engine-client";

/** The engines that few readers need: each is fetched when it is first asked for. */
export class Readers {
  readonly #running = new Map<Module, EngineClient>();

  /** The one of a module, started if it does not run. */
  of(module: Module): EngineClient {
    const known = this.#running.get(module);
    if (known) return known;
    const client = new EngineClient(module, (status) => {
      if (status.kind === "failed") this.#running.delete(module);
    });
    this.#running.set(module, client);
    client.start();
    return client;
  }

  /** Stops all of them, and what they were asked. */
  end(): void {
    for (const client of [...this.#running.values()]) client.end();
  }
}
