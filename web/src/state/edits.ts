// Every edit as a function from one state to the next.
import type { Outcome } from "../engine/contract";
import {
  activeRequest,
  FIRST_REQUEST,
  mainLine,
  newId,
  type Line,
  type LineChange,
  type MainKey,
  type PageState,
  type Request,
} from "./page-state";
import * as header from "../scenario/header-lines";
import { requestSection, wantSection } from "../scenario/scenario-text";
import { nameAfterRename, nameForNew, type Offer } from "../scenario/section-names";
import { folderName, levelOf, placed } from "../scenario/sections";

function withLines(state: PageState, lines: readonly Line[]): PageState {
  const requests = state.requests.map((request, i) => (i === state.active ? { ...request, lines } : request));
  return { ...state, requests, edited: true };
}

/** Sets the principal, the action or the resource. */
export function setMainField(state: PageState, key: MainKey, value: string): PageState {
  const request = activeRequest(state);
  const line = mainLine(request, key);
  return line ? setLines(state, [line.id], { key, value }) : withLines(state, [...request.lines, { id: newId(), key, value }]);
}

/** Changes one line, or some in the same way. */
export function setLines(state: PageState, ids: readonly number[], change: LineChange): PageState {
  return withLines(
    state,
    activeRequest(state).lines.map((line) => (ids.includes(line.id) ? { ...line, ...change } : line)),
  );
}

/** Adds a line: an empty one, or one more value of a key, behind the others of it. */
export function addLine(state: PageState, id: number, key = "", value = ""): PageState {
  const { lines } = activeRequest(state);
  const last = key === "" ? -1 : lines.findLastIndex((line) => line.key === key);
  return withLines(state, lines.toSpliced(last < 0 ? lines.length : last + 1, 0, { id, key, value }));
}

/** Removes a line. */
export function removeLine(state: PageState, id: number): PageState {
  return withLines(
    state,
    activeRequest(state).lines.filter((line) => line.id !== id),
  );
}

/** The words in the lines of a key, with spaces or commas between them. */
export function wordsOf(lines: readonly Pick<Line, "key" | "value">[], key: string): string[] {
  return lines.filter((line) => line.key === key).flatMap(({ value }) => value.split(/[\s,]+/).filter((word) => word !== ""));
}

/** The lines with these words in the one line of a key: at the place of the first, or at the end. */
function withWords(lines: readonly Line[], key: string, words: readonly string[]): Line[] {
  const first = lines.findIndex((line) => line.key === key);
  const rest = lines.filter((line, i) => line.key !== key || i === first);
  if (words.length === 0) return rest.filter((line) => line.key !== key);
  const value = words.join(" ");
  return first < 0 ? [...rest, { id: newId(), key, value }] : rest.map((line) => (line.key === key ? { ...line, value } : line));
}

/** Says of policy types, and of what else a line "unknown: …" names, that the shown request has none of it, or that it is not known. */
export function setLayers(state: PageState, names: readonly string[], known: boolean, given = false): PageState {
  const { lines } = activeRequest(state);
  const without = (key: string) => wordsOf(lines, key).filter((word) => !names.includes(word));
  const [unknown, none] = [without("unknown"), without("none")];
  if (known) none.push(...names);
  // A star is all that is not given, and not what there is besides.
  else if (given || !unknown.includes("*")) unknown.push(...names);
  return withLines(state, withWords(withWords(lines, "unknown", unknown), "none", none));
}

/**
 * Says of a policy type in a folder that there is none of it, or that it is not
 * known: in its header, and where the shown request says otherwise, or the
 * header leaves all open, in the request.
 */
export function setFolderLayer(state: PageState, folder: string, name: string, known: boolean): PageState {
  const text = headerText(state, folder);
  const words = wordsOf(header.headerLines(text), "unknown");
  const next = known ? words.filter((word) => word !== name) : [...new Set([...words, name])];
  const written = next.join() === words.join() ? state : putText(state, folder, header.withHeaderWords(text, "unknown", next));
  const { lines } = activeRequest(state);
  if (!known) return wordsOf(lines, "none").includes(name) ? withoutNone(written, name) : written;
  const open = [...next, ...wordsOf(lines, "unknown")];
  return open.some((word) => word === name || word === "*") ? setLayers(written, [name], true) : written;
}

function withoutNone(state: PageState, name: string): PageState {
  const { lines } = activeRequest(state);
  const none = wordsOf(lines, "none").filter((word) => word !== name);
  return withLines(state, withWords(lines, "none", none));
}

/** The names of some requests. One without is called FIRST_REQUEST. */
function namesOf(requests: readonly Request[]): ReadonlySet<string> {
  return new Set(requests.flatMap(({ name }) => (name === "" ? [name, FIRST_REQUEST] : [name])));
}

function freeName(taken: ReadonlySet<string>, wanted: string): string {
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}-${n}`;
  return name;
}

/** A request that nobody named has a number: a name that tells the action would stay where that is changed. */
function numberedName(taken: ReadonlySet<string>, from: number): string {
  let n = from;
  while (taken.has(`request-${n}`)) n++;
  return `request-${n}`;
}

/** Adds a request with the lines of the one that is shown, and shows it. */
export function addRequest(state: PageState): PageState {
  const { lines } = activeRequest(state);
  const copy: Request = {
    name: numberedName(namesOf(state.requests), state.requests.length + 1),
    want: "",
    lines: lines.map((line) => ({ ...line, id: newId() })),
  };
  return { ...state, requests: [...state.requests, copy], active: state.requests.length, edited: true };
}

/** Removes a request. One always stays. */
export function removeRequest(state: PageState, index: number): PageState {
  if (state.requests.length < 2) return state;
  const requests = state.requests.filter((_, i) => i !== index);
  const active = state.active > index ? state.active - 1 : Math.min(state.active, requests.length - 1);
  return { ...state, requests, active, edited: true };
}

function withRequest(state: PageState, index: number, change: Partial<Request>): PageState {
  const requests = state.requests.map((request, i) => (i === index ? { ...request, ...change } : request));
  return { ...state, requests, edited: true };
}

/** Renames a request. A name holds no spaces and no slashes, and is never taken. */
export function renameRequest(state: PageState, index: number, typed: string): PageState {
  const name = typed.trim().replace(/[\s/]+/g, "-");
  const old = state.requests[index];
  if (!old || name === old.name) return state;
  const taken = namesOf(state.requests.toSpliced(index, 1));
  const next = { ...old, name: name === "" && taken.has(name) ? numberedName(taken, index + 1) : freeName(taken, name) };
  const order = inOrder(state, requestSection(old), requestSection(next));
  return withRequest({ ...state, order: inOrder({ ...state, order }, wantSection(old), wantSection(next)) }, index, { name: next.name });
}

/** Sets the expected outcome of a request. */
export function expectOutcome(state: PageState, index: number, outcome: Outcome | ""): PageState {
  return withRequest(state, index, { want: outcome === "" ? "" : `${outcome}\n` });
}

/** Sets the title. */
export function setTitle(state: PageState, title: string): PageState {
  return { ...state, title: title.replace(/\s*\n\s*/g, " "), edited: true };
}

/** Sets the notes. */
export function setNotes(state: PageState, notes: string): PageState {
  return { ...state, notes, edited: true };
}

/** Puts a text into a section, which is added if there is none of this name. */
export function putText(state: PageState, name: string, text: string): PageState {
  const section = state.sections.find((entry) => entry.name === name);
  if (section) return setText(state, section.id, text);
  return { ...state, sections: [...state.sections, { id: newId(), name, text }], edited: true };
}

function headerText(state: PageState, folder: string): string {
  return state.sections.find(({ name }) => name === folder)?.text ?? "";
}

/** Changes a line in the header of an entity or an account. */
export function changeHeader(state: PageState, folder: string, at: number, change: LineChange): PageState {
  const text = headerText(state, folder);
  const line = header.headerLines(text).find((one) => one.at === at);
  return line ? putText(state, folder, header.withHeaderLine(text, at, change.key ?? line.key, change.value ?? line.value)) : state;
}

/** Adds a line to the header of an entity or an account. */
export function addToHeader(state: PageState, folder: string, key: string, value: string): PageState {
  return putText(state, folder, header.addHeaderLine(headerText(state, folder), key, value));
}

/** Removes a line from the header of an entity or an account. */
export function removeFromHeader(state: PageState, folder: string, at: number): PageState {
  return putText(state, folder, header.removeHeaderLine(headerText(state, folder), at));
}

/** Sets the text of a card. */
export function setText(state: PageState, id: number, text: string): PageState {
  const sections = state.sections.map((section) => (section.id === id ? { ...section, text } : section));
  return { ...state, sections, edited: true };
}

/** Renames a card. */
export function renameSection(state: PageState, id: number, typed: string): PageState {
  const old = state.sections.find((section) => section.id === id);
  const name = old ? nameAfterRename(state, old, typed) : undefined;
  if (name === undefined || name === old?.name) return state;
  const sections = state.sections.map((section) => (section.id === id ? { ...section, name } : section));
  return { ...state, sections, order: inOrder(state, old?.name ?? "", name), edited: true };
}

/** Adds an empty card. */
export function addSection(state: PageState, offer: Offer, id: number): PageState {
  return { ...state, sections: [...state.sections, { id, name: nameForNew(state, offer), text: "" }], edited: true };
}

/** The place in the file goes with the name. */
function inOrder(state: PageState, old: string, name: string): readonly string[] {
  const at = state.order.indexOf(old);
  return at < 0 ? state.order : state.order.with(at, name);
}

/** A name that no other folder has. */
export function freeFolder(state: PageState, wanted: string): string {
  const taken = new Set(state.sections.map(({ name }) => placed(name).folder));
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted}-${n}`;
  return name;
}

/** Adds the folder of an entity, with room for its ARN. */
export function addEntity(state: PageState, id: number): PageState {
  const fresh = { id, name: freeFolder(state, "entity/new"), text: "arn:" };
  return { ...state, sections: [...state.sections, fresh], edited: true };
}

/** Adds the folder of an account: of one that is mentioned and has none yet. */
export function addAccount(state: PageState, id: number): PageState {
  const lines = state.requests.flatMap((request) => request.lines.map(({ value }) => value));
  const mentioned = [...lines, ...state.sections.map(({ text }) => text)].join("\n").match(/(?<![\w-])\d{12}(?![\w-])/g) ?? [];
  const taken = new Set(state.sections.map(({ name }) => placed(name).folder));
  const account = mentioned.find((each) => !taken.has(`account/${each}`)) ?? "111122223333";
  return { ...state, sections: [...state.sections, { id, name: freeFolder(state, `account/${account}`), text: "" }], edited: true };
}

/** Renames a folder, and what is in it. A name holds no spaces and no slashes, and is never taken. */
export function renameFolder(state: PageState, folder: string, typed: string): PageState {
  const clean = typed.trim().replace(/[\s/]+/g, "-");
  if (clean === "" || clean === folderName(folder)) return state;
  const name = freeFolder(state, folder.slice(0, folder.indexOf("/") + 1) + clean);
  const moved = (old: string) => (placed(old).folder === folder ? name + old.slice(folder.length) : old);
  const sections = state.sections.map((section) => ({ ...section, name: moved(section.name) }));
  return { ...state, sections, order: state.order.map(moved), edited: true };
}

/** Removes a folder, and what is in it. */
export function removeFolder(state: PageState, folder: string): PageState {
  return { ...state, sections: state.sections.filter(({ name }) => placed(name).folder !== folder), edited: true };
}

/** Removes a card. Where its level goes with it, those below come up. */
export function removeSection(state: PageState, id: number): PageState {
  const removed = state.sections.find((section) => section.id === id);
  const sections = state.sections.filter((section) => section !== removed);
  const level = removed && levelOf(removed)?.number;
  const base = removed?.name.slice(0, removed.name.indexOf(`/${level}-`) + 1) ?? "";
  const next = { ...state, sections, edited: true };
  if (level === undefined || sections.some(({ name }) => name.startsWith(`${base}${level}-`))) return next;
  const moved = (name: string) => {
    const number = name.startsWith(base) ? levelOf({ name })?.number : undefined;
    return number !== undefined && number > level ? name.replace(`${base}${number}-`, `${base}${number - 1}-`) : name;
  };
  return { ...next, sections: sections.map((section) => ({ ...section, name: moved(section.name) })), order: state.order.map(moved) };
}
