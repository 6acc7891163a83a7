// What an address asks for, brought onto the page.
import type { Controller } from "./controller";
import type { Target } from "./navigation";
import { fromOpened } from "./page-state";
import { EMPTY, START } from "./start-scenario";

/** Goes where an address leads. */
export class Arrivals {
  /** True while the scenario that the first address asks for is on its way. */
  arriving = false;
  /** The id of the row of the tables whose address was opened, or "". */
  row = "";
  /** The table and the view of it whose address was opened, or "". */
  tables = "";
  readonly #page: Controller;

  constructor(page: Controller) {
    this.#page = page;
  }

  /** What is typed before the scenario has come would be lost, so the page waits for it. */
  async arrive(target: Target): Promise<void> {
    this.arriving = target.kind !== "start";
    this.#page.welcome = !this.arriving;
    if (this.arriving) this.#page.state = fromOpened(EMPTY);
    await this.go(target);
    this.arriving = false;
    this.#page.changed();
  }

  /** Shows what an address asks for. */
  async go(target: Target): Promise<void> {
    if (target.kind === "tables") return this.#openTables(target.view);
    this.#page.untold();
    switch (target.kind) {
      case "start":
        this.#page.welcome = true;
        return this.#page.view(fromOpened(START, this.#page.state));
      case "draft":
        return this.#openDraft(target);
      case "link":
        return this.#openLink(target.hash);
      case "private":
        return this.#openPrivate(target.hash);
      case "example":
        return this.#openExample(target.file);
      case "row":
        return this.#openRow(target.id);
    }
  }

  /** An address led nowhere. What is on the page stays; an empty page shows the start. */
  lost(message: string): void {
    const { state } = this.#page;
    if (state.requests.every((request) => request.lines.every((line) => line.value === ""))) this.#page.view(fromOpened(START));
    this.#page.tell(message);
  }

  async #openDraft({ text, title, told, answers }: Target & { kind: "draft" }): Promise<void> {
    await this.#page.load(text, { label: `open the draft “${title}”`, arrived: true, linked: told, answers });
    // What could not be opened is there to be mended.
    if (this.#page.notice !== "") await (await import("./file-text")).takeFileText(this.#page, text);
  }

  async #openLink(hash: string): Promise<void> {
    const { decodeLink } = await import("../links/link");
    const link = decodeLink(hash);
    if ("error" in link) return this.lost(link.error.message);
    const linked = { engine: link.engine, outcomes: link.outcomes };
    await this.#page.load(link.text, { label: "open a link", arrived: true, linked });
  }

  /** A short link holds a link that only its key opens. */
  async #openPrivate(hash: string): Promise<void> {
    const { openPrivate } = await import("../share/short-link");
    const link = await openPrivate(hash, new URL(".", document.baseURI).href);
    return typeof link === "string" ? this.#openLink(link) : this.lost(link.error.message);
  }

  async #openExample(file: string): Promise<void> {
    const all = await this.#page.gallery.fetch();
    const example = all?.examples.find((entry) => entry.file === file);
    if (!example) return this.lost(`There is no scenario called ${file} here.`);
    await this.#page.load(example.text, { label: `open “${example.title}”`, arrived: true, example: true });
  }

  async #openRow(address: string): Promise<void> {
    const { accessTable, rowOf } = await import("../tables/table-files");
    const { table, id } = rowOf(address);
    const found = await accessTable(document.baseURI, table).catch(() => undefined);
    const row = found?.rows.find((entry) => entry.id === id);
    if (!row) return this.lost(`The tables have no row called ${address}, or could not be fetched.`);
    await this.#page.load(row.scenario, { label: "open a row of the tables", arrived: true, example: true });
    this.row = address;
    this.#page.changed();
  }

  /** Shows a view of the tables beside what is on the page; an empty page shows the start. */
  #openTables(view: string): void {
    if (this.arriving) this.#page.view(fromOpened(START));
    this.tables = view;
    this.#page.changed();
  }
}
