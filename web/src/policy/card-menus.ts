// What else can be done with a card, an entity or an account.
import { html, type TemplateResult } from "lit";
import "../page/more-menu";
import type { MenuItem } from "../page/more-menu";
import { isPresent } from "../scenario/scenario-text";
import { editableName, folderName, kindOf, levelOf, placed } from "../scenario/sections";
import { levelsOf } from "../scenario/section-names";
import { placesFor, siblings, type Arrangement } from "../state/arrange";
import { tell } from "../state/messages";
import type { RequestRow } from "../request/request-fields";
import type { PageState, Section } from "../state/page-state";

function items(from: EventTarget, state: PageState, section: Section, removable: boolean): MenuItem[] {
  const { id } = section;
  const all = siblings(state, section);
  const at = all.findIndex((each) => each.id === id);
  const arrange = (what: Arrangement) => () => tell(from, { kind: "arrange", what });
  const kind = kindOf(section);
  const level = levelOf(section)?.number ?? 0;
  const numbers = level === 0 ? [] : levelsOf(state, kind, placed(section.name).folder).map(({ number }) => number);
  const out: MenuItem[] = [];
  if (kind.type !== "error") out.push({ label: "Format", off: !isPresent(section), run: () => tell(from, { kind: "section-format", id }) });
  if (kind.counts)
    out.push({ label: "As a table", off: !isPresent(section), run: () => tell(from, { kind: "policy-table", section: section.name }) });
  if (kind.many) out.push({ label: "Duplicate", run: arrange({ do: "duplicate", id }) });
  if (all.length > 1) {
    out.push({ label: "Move up", off: at <= 0, again: true, run: arrange({ do: "shift", id, by: -1 }) });
    out.push({ label: "Move down", off: at === all.length - 1, again: true, run: arrange({ do: "shift", id, by: 1 }) });
  }
  if (new Set(numbers).size > 1) {
    out.push({ label: "Level up", off: level === Math.min(...numbers), again: true, run: arrange({ do: "shift-level", id, by: -1 }) });
    out.push({ label: "Level down", off: level === Math.max(...numbers), again: true, run: arrange({ do: "shift-level", id, by: 1 }) });
  }
  for (const folder of placesFor(state, section))
    out.push({
      label: folder === "" ? "Move out of the folder" : `Move to ${folder.replace("/", " ")}`,
      run: arrange({ do: "move", id, folder }),
    });
  if (removable) out.push({ label: "Remove", run: () => tell(from, { kind: "section-remove", id }) });
  return out;
}

/** The menu of a card. */
export function cardMenu(from: EventTarget, state: () => PageState, section: Section, label: string, removable: boolean): TemplateResult {
  const now = () => state().sections.find(({ id }) => id === section.id) ?? section;
  const name = editableName(section);
  const { folder } = placed(section.name);
  const of = folder === "" ? "" : ` of ${folderName(folder)}`;
  return html`<more-menu .label="${label}${name === "" ? "" : ` ${name}`}${of}"
    .items=${() => items(from, state(), now(), removable)}></more-menu>`;
}

/** The menu of an entity or an account. */
export function folderMenu(from: EventTarget, state: () => PageState, folder: string, word: string): TemplateResult {
  const arrange = (what: Arrangement) => () => tell(from, { kind: "arrange", what });
  const made = (): MenuItem[] => {
    const prefix = folder.slice(0, folder.indexOf("/") + 1);
    const all = [
      ...new Set(
        state()
          .sections.map(({ name }) => placed(name).folder)
          .filter((name) => name.startsWith(prefix)),
      ),
    ];
    const at = all.indexOf(folder);
    return [
      { label: "Duplicate", run: arrange({ do: "duplicate-folder", folder }) },
      { label: "Move up", off: at <= 0, again: true, run: arrange({ do: "shift-folder", folder, by: -1 }) },
      { label: "Move down", off: at === all.length - 1, again: true, run: arrange({ do: "shift-folder", folder, by: 1 }) },
      { label: "Remove, with its policies", run: () => tell(from, { kind: "folder-remove", folder }) },
    ];
  };
  return html`<more-menu .label="${word} ${folderName(folder)}" .items=${made}></more-menu>`;
}

/** The menu of a request among several. */
export function requestMenu(from: EventTarget, { index, name, count, remove }: RequestRow): TemplateResult {
  const shift = (by: -1 | 1) => () => tell(from, { kind: "arrange", what: { do: "shift-request", index, by } });
  const made = (): MenuItem[] => [
    { label: "Move up", off: index === 0, again: true, run: shift(-1) },
    { label: "Move down", off: index === count - 1, again: true, run: shift(1) },
    { label: "Remove", run: remove },
  ];
  return html`<more-menu .label=${name} .items=${made}></more-menu>`;
}
