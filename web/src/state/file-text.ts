// The text of the whole scenario as a person types it.
import type { Problem } from "../engine/contract";
import { isError } from "../engine/problem";
import { scenarioText } from "../scenario/scenario-text";
import type { Controller } from "./controller";
import { fromOpened } from "./page-state";

const STEP = "edit the scenario file";

/**
 * Opens a text anew, in place of what stands on the page. While it can't be
 * opened, or a part of it would be lost, it stays a text with its problems.
 */
export async function takeFileText(page: Controller, text: string): Promise<void> {
  page.fileText = text;
  page.changed();
  await page.attempt(async () => {
    const opened = await page.client.call("open", text);
    // Of several texts only the last one counts.
    if (page.fileText !== text) return;
    const errors = opened.problems.filter(isError);
    const next = { ...fromOpened(opened, page.state), edited: true };
    // A section that stands there twice, or is none, has no card.
    if (opened.requests.length === 0 || errors.some(({ section }) => section === "") || scenarioText(next) !== text) {
      page.fileProblems = errors.length > 0 ? errors : [lost()];
      page.keep();
      return page.changed();
    }
    page.fileText = undefined;
    page.fileProblems = [];
    const shown = page.state.requests[page.state.active]?.name;
    const active = Math.max(
      0,
      next.requests.findIndex(({ name }) => name === shown),
    );
    page.step(STEP, { ...next, active }, true);
  });
}

function lost(): Problem {
  const message = "A part of this text would be lost: a file begins with a title, and each section with a line -- NAME --.";
  return { section: "", start: 0, end: 0, line: 1, column: 1, code: "not-whole", message, doc: "", severity: "error" };
}
