// What the world is drawn with once the first answer stands.
import { html, nothing, type TemplateResult } from "lit";
import "../styles/world.css";
import "../page/folder-head";
import { layerBar } from "../page/layer-bar";
import { layerState } from "../page/layer-state";
import { printStamp } from "../page/print-stamp";
import { watchVerdict } from "../page/verdict-seen";
import { cardMenu, folderMenu, requestMenu } from "./card-menus";
import { byAccount } from "./account-groups";
import { levelLadder } from "./level-ladder";
import { tell } from "../state/messages";
import { theme, THEMES } from "../state/preferences";

export { byAccount, cardMenu, folderMenu, layerBar, layerState, levelLadder, requestMenu };

printStamp();
void watchVerdict();

/** How the scenario is shown: as cards, as the text of its file, or both side by side. */
export const VIEWS = ["Cards", "Text", "Both"] as const;
export type View = (typeof VIEWS)[number];

/** The choice between them. */
export function viewChoice(shown: View, choose: (view: View) => void): TemplateResult {
  const radio = (view: View) =>
    html`<label><input type="radio" name="scenario-view" .checked=${view === shown}
      @change=${() => choose(view)} /><span>${view}</span></label>`;
  return html`<fieldset class="view-choice">
    <legend class="hidden">Show the scenario as</legend>
    <div class="segments">${VIEWS.map(radio)}</div>
  </fieldset>`;
}

/** Light, dark, or as the system has it. */
export function themeChoice(from: EventTarget): TemplateResult {
  const now = theme();
  return html`<label class="theme">Theme
    <select @change=${(event: Event) =>
      tell(from, { kind: "theme", theme: THEMES[(event.target as HTMLSelectElement).selectedIndex] ?? "system" })}>
      ${THEMES.map((each) => html`<option ?selected=${each === now}>${each}</option>`)}
    </select>
  </label>`;
}

/** For which checks of a call a policy counts, where there are several. */
export function checkMarks(checks: readonly number[], shown: number): TemplateResult | typeof nothing {
  if (checks.length === 0) return nothing;
  return html`<span class="counts">${checks.map(
    (index) => html`<span class="tag ${index === shown ? "shown" : ""}">check ${index + 1}</span> `,
  )}</span>`;
}
