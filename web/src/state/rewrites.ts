// Edits that the engine makes: it reads the scenario and gives another one.
import type { Fix } from "../engine/contract";
import { isError } from "../engine/problem";
import { IMPORTER } from "../engine/engine-client";
import { scenarioText } from "../scenario/scenario-text";
import { cardLabel } from "../scenario/sections";
import type { Controller } from "./controller";
import type { Editing } from "./editing";
import * as edits from "./edits";
import { guard } from "./guards";
import { activeRequest } from "./page-state";
import { callTold } from "./told";

/** Lays the text of a card out anew. */
export async function format(page: Editing, id: number): Promise<void> {
  const section = page.state.sections.find((entry) => entry.id === id);
  if (!section || guard(page.state).some((problem) => problem.section === section.name)) return;
  const { text } = section;
  await page.attempt(async () => {
    const formatted = (await page.client.call("format", text)).text.replace(/\n$/, "");
    const now = page.state.sections.find((entry) => entry.id === id);
    // What was typed meanwhile is worth more than a format.
    if (now?.text !== text || formatted === text) return;
    page.step(`format ${cardLabel(section, page.judge.resourceLabel)}`, edits.setText(page.state, id, formatted));
  });
}

/** Applies a fix, unless it is one of an older text: that would take back what was typed since. */
export async function applyFix(page: Editing, fix: Fix): Promise<void> {
  if (!page.judge.pending && page.judge.fixes.includes(fix)) await page.load(fix.text, { label: fix.title, before: page.state });
}

/** Moves the caller into the resource's account, or out of it. */
export async function switchAccounts(page: Editing): Promise<void> {
  const before = page.state;
  const text = scenarioText(before);
  await page.attempt(async () => {
    const switched = guard(before).length > 0 ? undefined : await page.client.call("switchAccounts", text);
    if (page.state !== before) return;
    if (!switched || switched.text === "" || switched.text === text) {
      page.tell(switched?.problems.find(isError)?.message ?? "The accounts can't be switched here.");
      return;
    }
    // The answer will say the same; until it comes, the radio button must not jump back.
    page.judge.mode = switched.mode;
    const label = switched.mode === "same-account" ? "switch to same account" : "switch to cross-account";
    await page.load(switched.text, { label, before });
  });
  // The radio button has moved already. If nothing else did, it goes back.
  page.changed();
}

/** Opens a scenario in which all is known, and the shown request is allowed, or denied. */
export async function openFilling(page: Controller, allowed: boolean): Promise<void> {
  const before = page.state;
  const { name } = activeRequest(before);
  page.filling = true;
  page.changed();
  await page.attempt(async () => {
    const { result } = await callTold(page.readers.of(IMPORTER), "fillings", scenarioText(before));
    if (page.state !== before) return;
    const found = result.fillings.find((filling) => filling.request === name && (filling.outcome === "allow") === allowed);
    if (found) return page.load(found.text, { label: `fill in what is not known, ${allowed ? "allowed" : "denied"}` });
    page.tell(
      "Filling in one check of this call does not decide it, or there is too much that is not known. Say of some of it that there is none.",
    );
  });
  page.filling = false;
  page.changed();
}
