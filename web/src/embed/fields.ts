// The policies and the request as fields. Fetched only for embeds with an editor.
import { html, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { FolderHead } from "../page/folder-head";
import "../page/folder-head";
import "../policy/policy-card";
import "../request/request-fields";
import { edit, type Editing } from "../state/editing";
import * as rewrites from "../state/rewrites";
import type { Judge } from "../state/judge";
import type { ListWindow } from "../page/list-window";
import type { Message } from "../state/messages";
import type { PageState, Section } from "../state/page-state";
import type { PolicyCard } from "../policy/policy-card";
import type { RequestFields } from "../request/request-fields";
import { requestSection } from "../scenario/scenario-text";
import {
  type DrawnFolder,
  drawnFolders,
  type FolderPart,
  folderParts,
  foldersOf,
  inCardOrder,
  policyOfFolder,
} from "../scenario/section-names";
import { cardLabel, kindOf, placed, saidType } from "../scenario/sections";
import policy from "../styles/policy.css?inline";
import request from "../styles/request.css?inline";
import { sheet } from "./styles";

export const SHEETS = [sheet(request), sheet(policy)];

/** Does what a message asks to be changed, as the page does. */
export async function edited(view: Editing, message: Message): Promise<void> {
  await edit(view, message, () => Promise.resolve(rewrites));
}

/** The request as fields. */
export function requestFields(state: PageState, judge: Judge): TemplateResult {
  return html`<request-fields
    .requests=${state.requests}
    .active=${state.active}
    .mode=${judge.mode}
    .answers=${judge.answers}
    .stale=${judge.stale}
    .problems=${judge.problems}
  ></request-fields>`;
}

/** The policies as text boxes, those of each entity and account together. */
export function policyFields(state: PageState, judge: Judge, drawn: ListWindow): TemplateResult {
  const cards = (sections: readonly Section[]) =>
    repeat(
      sections,
      (section) => section.id,
      (section) => card(section, state, judge),
    );
  const folder = ({ folder: each, cards: shown }: DrawnFolder) => html`<section class="folder" aria-label=${each.name.replace("/", " ")}>
    <folder-head .folder=${each} .problems=${judge.problems.filter((problem) => problem.section === each.name)}></folder-head>
    ${cards(shown)}
  </section>`;
  const parts = partsOf(state);
  const shown = drawn.of(parts);
  const own = shown.flatMap((part) => (part.folder === undefined ? [part.section] : []));
  const inFolders = shown.flatMap((part) => (part.folder === undefined ? [] : [part]));
  return html`${cards(own)} ${repeat(drawnFolders(inFolders), (each) => each.folder.header?.id ?? each.folder.name, folder)}
    ${drawn.bar(parts.length)}`;
}

/** What is drawn, in its order: the policies outside of the folders, and then those. */
function partsOf(state: PageState): (FolderPart | { folder: undefined; section: Section })[] {
  const own = inCardOrder(state.sections.filter(({ name }) => placed(name).folder === ""));
  return [...own.map((section) => ({ folder: undefined, section })), ...folderParts(foldersOf(state.sections))];
}

function card(section: Section, state: PageState, judge: Judge): TemplateResult {
  const { shown } = judge;
  const { type } = kindOf(section);
  const inFolder = placed(section.name).folder !== "";
  const alone = !inFolder && state.sections.filter((entry) => kindOf(entry).type === type).length === 1;
  const rows = judge.rowsOf(section.name);
  return html`<policy-card
    data-section=${section.name}
    .section=${section}
    .label=${cardLabel(section, inFolder ? policyOfFolder(state, placed(section.name).folder) : judge.resourceLabel)}
    .said=${alone ? shown?.said.find((said) => saidType(said.type) === type) : undefined}
    .rows=${rows}
    .problems=${judge.problems.filter((problem) => problem.section === section.name)}
    .stale=${judge.stale}
    .moved=${judge.hasMoved(section)}
    .plain=${true}
    .service=${shown?.service ?? ""}
  ></policy-card>`;
}

/** Brings a place into view, and puts the focus there. */
export function showInFields(content: HTMLElement, state: PageState, place: Message & { kind: "show-place" }, drawn: ListWindow): void {
  const request = state.requests[state.active];
  if (request && place.section === requestSection(request)) {
    void content.querySelector<RequestFields>("request-fields")?.showLine(place.line);
    return;
  }
  drawn.show(partsOf(state).findIndex(({ folder, section }) => (section?.name ?? folder?.name) === place.section));
  const cards = [...content.querySelectorAll<PolicyCard>("policy-card")];
  void cards.find((entry) => entry.section.name === place.section)?.showRange(place.start, place.end);
  const heads = [...content.querySelectorAll<FolderHead>("folder-head")];
  void heads.find((head) => head.folder.name === place.section)?.showLine(place.line);
}
