// The engine that reads what is pasted. Few readers import, so what it needs is
// fetched when the first one does.
import type { Imported } from "./contract";
import { EngineClient, EngineError, IMPORTER } from "./engine-client";

/** What the import box shows when nothing could read its text. */
function notImported(message: string): Imported {
  const problem = { section: "", start: 0, end: 0, line: 0, column: 0, code: "engine", message };
  return { kind: "", text: "", understood: [], unknown: [], next: [], choices: [], problems: [problem] };
}

/** Reads pastes into scenarios. */
export class Importer {
  #client: EngineClient | undefined;

  /** Reads a paste into a scenario file. What fails is told as a problem. */
  async read(scenario: string, pasted: string, choice: string): Promise<Imported> {
    try {
      return await this.start().call("import", JSON.stringify({ scenario, pasted, choice }));
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return notImported(error.message);
    }
  }

  /** Fetches what it needs, if nothing has yet. */
  start(): EngineClient {
    if (!this.#client) {
      this.#client = new EngineClient(IMPORTER, (status) => {
        if (status.kind === "failed") this.#client = undefined;
      });
      this.#client.start();
    }
    return this.#client;
  }
}
