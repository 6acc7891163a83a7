// What a person brought to the import box, and what the engine made of it.
import type { Imported } from "../engine/contract";
import { EngineError, IMPORTER, SOURCE } from "../engine/engine-client";
import { scenarioText } from "../scenario/scenario-text";
import type { Message } from "./messages";
import { fromOpened, type PageState } from "./page-state";
import type { Readers } from "./readers";
import { EMPTY, START } from "./start-scenario";

type ImportPaste = Message & { kind: "import-paste" };

/** What the import box shows when nothing could read its text. */
function notImported(message: string): Imported {
  const problem = { section: "", start: 0, end: 0, line: 0, column: 0, code: "engine", message, doc: "", severity: "error" as const };
  return {
    kind: "",
    text: "",
    fragment: true,
    syntax: "",
    brought: [],
    understood: [],
    unknown: [],
    next: [],
    choices: [],
    chosen: "",
    why: "",
    fields: [],
    problems: [problem],
  };
}

/** True for the text of a scenario with nothing in it. */
export function isBlank(text: string): boolean {
  return text === scenarioText(fromOpened(EMPTY));
}

/** True for what was typed by nobody: the example that the page begins with, or nothing. */
export function isNobodys(state: PageState): boolean {
  const present = scenarioText(state);
  return present === scenarioText(fromOpened(START)) || isBlank(present);
}

/** Reads what is pasted into the import box. */
export class Importing {
  /** What was pasted, as the engine understood it. */
  result: Imported | undefined;
  busy = false;

  readonly #readers: Readers;
  readonly #state: () => PageState;
  readonly #changed: () => void;
  #asked = 0;

  constructor(readers: Readers, state: () => PageState, changed: () => void) {
    this.#readers = readers;
    this.#state = state;
    this.#changed = changed;
  }

  /** Reads a text. Of several only the last one's answer counts. */
  async paste(message: ImportPaste): Promise<void> {
    const asked = ++this.#asked;
    this.busy = message.text !== "";
    this.result = undefined;
    this.#changed();
    if (message.text === "") return;
    const result = await this.#read(message);
    if (asked !== this.#asked) return;
    this.result = result;
    this.busy = false;
    this.#changed();
  }

  /** Stops reading. */
  cancel(): void {
    this.#asked++;
    this.busy = false;
    this.#readers.end();
    this.#changed();
  }

  async #read({ text: pasted, choice, values, clean }: ImportPaste): Promise<Imported> {
    const scenario = clean ? "" : scenarioText(this.#state());
    const read = (text: string, translated: string) => {
      const head = JSON.stringify({ scenario, choice, values: JSON.stringify(values), translated });
      return this.#readers.of(IMPORTER).call("import", `${head}\n${text}`);
    };
    try {
      const imported = await read(pasted, "");
      if (imported.syntax === "") return imported;
      const { text, problems } = await this.#readers.of(SOURCE).call("translate", `${imported.syntax}\n${pasted}`);
      if (problems.length === 0) return await read(text, "yes");
      // What is wrong says more than that it was not read.
      return { ...imported, problems, unknown: imported.text === "" ? [] : imported.unknown };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return notImported(error.message);
    }
  }
}
