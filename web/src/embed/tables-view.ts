import { html, render } from "lit";
import { listen } from "../state/messages";
import { announce, type Live, type Place } from "./live";
import { newContent, openLink, SHEETS } from "./look";
import { adopt } from "./styles";
import { accessTable, SHEETS as OWN, tables, TablesError } from "./tables";

/** The live view of <access-table> and <kms-access-table>. */
export class TablesView implements Live {
  readonly #place: Place;
  readonly #content = newContent();
  #shown = false;

  constructor(place: Place) {
    this.#place = place;
    adopt(place.element, [...SHEETS, ...OWN]);
    listen(this.#content, (message) => {
      if (message.kind === "load") open(place.base + (message.hash ?? ""), "_blank", "noopener");
    });
    void this.#draw();
  }

  open(): void {}

  changed(name: string): void {
    if (name === "view" || name === "service") void this.#draw();
  }

  get #service(): string {
    return this.#place.element.getAttribute("service") ?? "kms";
  }

  async #draw(): Promise<void> {
    const { element, base } = this.#place;
    const service = this.#service;
    try {
      const table = await accessTable(base, service);
      // Of several, the last one counts.
      if (service !== this.#service) return;
      const view = element.getAttribute("view") ?? "";
      render(html`${tables(table, base, view)} ${openLink(`${base}#tables=${table.id}/${view}`)}`, this.#content);
      this.#place.note("");
      if (this.#shown) return;
      this.#shown = true;
      this.#place.show(this.#content);
      announce(element, "why403-ready", {});
    } catch (error) {
      if (!(error instanceof TablesError)) throw error;
      const message = `There are no tables for “${service}”, or they could not be fetched`;
      this.#place.note(`${message}. ${this.#shown ? "" : "The text shown was correct when this page was built."}`);
      announce(element, "why403-error", { message });
    }
  }
}
