// Edits that put cards, levels, entities and requests elsewhere, or make more of them.
import { FOLDERS } from "../scenario/section-lists";
import { free, levelsOf } from "../scenario/section-names";
import { cardLabel, folderName, kindOf, kindsIn, levelOf, placed } from "../scenario/sections";
import { freeFolder } from "./edits";
import type { Edit } from "./edit-message";
import { newId, type PageState, type Section } from "./page-state";

/** What a person wants elsewhere. `by` is -1 for up and 1 for down. */
export type Arrangement =
  | { do: "duplicate"; id: number }
  | { do: "shift"; id: number; by: -1 | 1 }
  | { do: "move"; id: number; folder: string }
  | { do: "shift-level"; id: number; by: -1 | 1 }
  | { do: "duplicate-folder"; folder: string }
  | { do: "shift-folder"; folder: string; by: -1 | 1 }
  | { do: "shift-request"; index: number; by: -1 | 1 };

/** The cards among which a card can be moved up and down: those of its kind and level, in its folder. */
export function siblings(state: PageState, section: Section): Section[] {
  const { folder } = placed(section.name);
  const alike = (other: Section) =>
    placed(other.name).folder === folder && kindOf(other) === kindOf(section) && levelOf(other)?.number === levelOf(section)?.number;
  return state.sections.filter(alike);
}

/** The folders that a card can go to; "" is the file itself, whose policies are the caller's and the resource's. */
export function placesFor(state: PageState, section: Section): string[] {
  const folders = ["", ...new Set(state.sections.map(({ name }) => placed(name).folder).filter((name) => name !== ""))];
  return folders.filter((folder) => folder !== placed(section.name).folder && nameIn(state, section, folder) !== undefined);
}

/** The name of a card in another folder; undefined where there is no room for its kind. */
function nameIn(state: PageState, section: Section, folder: string): string | undefined {
  const kind = kindOf(section);
  if (kind.type === "" || kind.type === "error" || kind.type === "header") return undefined;
  const there = kindsIn(folder).find((other) => other.type === kind.type && other.many === kind.many);
  if (!there) return undefined;
  const { rest } = placed(section.name);
  const name = `${folder === "" ? "" : `${folder}/`}${there.prefix}${rest.slice(kind.prefix.length)}`;
  const taken = state.sections.find((other) => other.name === name);
  if (kind.many) return free(state, name);
  return taken && taken.text.trim() !== "" ? undefined : name;
}

/** Does what a person asked for; undefined where there is nothing to do. */
export function arranged(state: PageState, what: Arrangement): Edit | undefined {
  switch (what.do) {
    case "shift-request":
      return shiftRequest(state, what.index, what.by);
    case "duplicate-folder":
      return duplicateFolder(state, what.folder);
    case "shift-folder":
      return shiftFolder(state, what.folder, what.by);
  }
  const section = state.sections.find(({ id }) => id === what.id);
  if (!section) return undefined;
  const label = cardLabel(section, "");
  switch (what.do) {
    case "duplicate":
      return { step: `duplicate ${label}`, state: duplicate(state, section) };
    case "shift":
      return edit(`move ${label}`, state, shift(state, section, what.by));
    case "move":
      return edit(`move ${label}`, state, moveTo(state, section, what.folder));
    case "shift-level":
      return edit(`move a level of ${kindOf(section).label}`, state, shiftLevel(state, section, what.by));
  }
}

function edit(step: string, old: PageState, state: PageState): Edit | undefined {
  return state === old ? undefined : { step, state: { ...state, edited: true } };
}

function duplicate(state: PageState, section: Section): PageState {
  const copy = { ...section, id: newId(), name: free(state, section.name) };
  const at = state.sections.indexOf(section) + 1;
  return { ...state, sections: state.sections.toSpliced(at, 0, copy), edited: true };
}

/** Two cards change places, on the page and in the file. */
function shift(state: PageState, section: Section, by: number): PageState {
  const all = siblings(state, section);
  const other = all[all.indexOf(section) + by];
  if (!other) return state;
  const order = swapped(state.order, state.order.indexOf(section.name), state.order.indexOf(other.name));
  return { ...state, order, sections: swapped(state.sections, state.sections.indexOf(section), state.sections.indexOf(other)) };
}

function swapped<T>(list: readonly T[], a: number, b: number): readonly T[] {
  const [x, y] = [list[a], list[b]];
  return a < 0 || b < 0 || x === undefined || y === undefined ? list : list.with(a, y).with(b, x);
}

function moveTo(state: PageState, section: Section, folder: string): PageState {
  const name = nameIn(state, section, folder);
  if (name === undefined) return state;
  // An empty card of that name makes place.
  const rest = state.sections.filter((other) => other === section || other.name !== name);
  const sections = rest.map((other) => (other === section ? { ...section, name } : other));
  return { ...state, sections, order: state.order.filter((each) => each !== section.name) };
}

/** A level changes places with the one above or below: each keeps its name and its policies. */
function shiftLevel(state: PageState, section: Section, by: number): PageState {
  const { folder } = placed(section.name);
  const kind = kindOf(section);
  const level = levelOf(section);
  const numbers = [...new Set(levelsOf(state, kind, folder).map(({ number }) => number))];
  const at = numbers.indexOf(level?.number ?? 0);
  const [here, there] = [numbers[at], numbers[at + by]];
  if (here === undefined || there === undefined) return state;
  const renamed = (name: string) => {
    const its = levelOf({ name });
    if (!its || placed(name).folder !== folder || kindOf({ name }) !== kind) return name;
    const number = its.number === here ? there : its.number === there ? here : its.number;
    return name.replace(`${kind.prefix}${its.number}-`, `${kind.prefix}${number}-`);
  };
  const sections = state.sections.map((each) => ({ ...each, name: renamed(each.name) }));
  return { ...state, sections, order: state.order.map(renamed) };
}

function duplicateFolder(state: PageState, folder: string): Edit {
  const name = freeFolder(state, folder.startsWith("account/") ? folder : `${folder}-copy`);
  const copies = state.sections
    .filter((section) => placed(section.name).folder === folder)
    .map((section) => ({ ...section, id: newId(), name: name + section.name.slice(folder.length) }));
  return { step: `duplicate ${folder}`, state: { ...state, sections: [...state.sections, ...copies], edited: true } };
}

function shiftFolder(state: PageState, folder: string, by: number): Edit | undefined {
  const prefix = FOLDERS.find((each) => each.prefix !== "" && folder.startsWith(each.prefix))?.prefix ?? "";
  const all = [
    ...new Set(state.sections.map(({ name }) => placed(name).folder).filter((name) => prefix !== "" && name.startsWith(prefix))),
  ];
  const other = all[all.indexOf(folder) + by];
  if (other === undefined) return undefined;
  const [first, second] = by < 0 ? [folder, other] : [other, folder];
  const ordered = <T>(list: readonly T[], nameOf: (entry: T) => string): T[] => {
    const of = (name: string) => list.filter((entry) => placed(nameOf(entry)).folder === name);
    const rest = list.filter((entry) => !of(first).includes(entry));
    const at = rest.findIndex((entry) => placed(nameOf(entry)).folder === second);
    return at < 0 ? [...list] : rest.toSpliced(at, 0, ...of(first));
  };
  const sections = ordered(state.sections, ({ name }) => name);
  const order = ordered(state.order, (name) => name);
  return edit(`move ${folderName(folder)}`, state, { ...state, sections, order });
}

function shiftRequest(state: PageState, index: number, by: number): Edit | undefined {
  if (!state.requests[index + by]) return undefined;
  const requests = swapped(state.requests, index, index + by);
  const active = state.active === index ? index + by : state.active === index + by ? index : state.active;
  const names = (place: number) => {
    const name = state.requests[place]?.name ?? "";
    return name === "" ? "request" : `request/${name}`;
  };
  const order = swapped(state.order, state.order.indexOf(names(index)), state.order.indexOf(names(index + by)));
  return edit("move a request", state, { ...state, requests, active, order });
}
