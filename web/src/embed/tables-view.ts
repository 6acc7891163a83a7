import { html, render } from "lit";
import { EngineError } from "../engine/engine-client";
import { listen } from "../state/messages";
import { sharedEngine } from "./engine";
import { announce, type Live, type Place } from "./live";
import { newContent, openLink, SHEETS } from "./look";
import { adopt } from "./styles";
import { combinations, SHEETS as OWN, tables } from "./tables";

/** The live view of <kms-access-table>. */
export class TablesView implements Live {
  readonly #place: Place;
  readonly #content = newContent();

  constructor(place: Place) {
    this.#place = place;
    adopt(place.element, [...SHEETS, ...OWN]);
    listen(this.#content, (message) => {
      if (message.kind === "load") open(place.base + (message.hash ?? ""), "_blank", "noopener");
    });
    void this.#draw(true);
  }

  open(): void {}

  changed(name: string): void {
    if (name === "view") void this.#draw(false);
  }

  async #draw(first: boolean): Promise<void> {
    const { element, base } = this.#place;
    try {
      const rows = await combinations(sharedEngine(base));
      render(html`${tables(rows, base, element.getAttribute("view") ?? "", undefined)} ${openLink(base)}`, this.#content);
      if (!first) return;
      this.#place.show(this.#content);
      announce(element, "why403-ready", {});
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      this.#place.note(`${error.message}. The text shown was correct when this page was built.`);
      announce(element, "why403-error", { message: error.message });
    }
  }
}
