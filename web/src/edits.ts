// Every edit as a function from one state to the next.
import { activeRequest, mainLine, newId, type Line, type MainKey, type PageState } from "./page-state";
import { nameAfterRename, nameForNew, type Kind } from "./sections";

function withLines(state: PageState, lines: readonly Line[]): PageState {
  const requests = state.requests.map((request, i) => (i === state.active ? { ...request, lines } : request));
  return { ...state, requests, edited: true };
}

/** Sets the principal, the action or the resource. */
export function setMainField(state: PageState, key: MainKey, value: string): PageState {
  const request = activeRequest(state);
  const line = mainLine(request, key);
  return line ? setLine(state, line.id, key, value) : withLines(state, [...request.lines, { id: newId(), key, value }]);
}

/** Sets key and value of one line. */
export function setLine(state: PageState, id: number, key: string, value: string): PageState {
  return withLines(
    state,
    activeRequest(state).lines.map((line) => (line.id === id ? { id, key, value } : line)),
  );
}

/** Adds an empty line. */
export function addLine(state: PageState, id: number): PageState {
  return withLines(state, [...activeRequest(state).lines, { id, key: "", value: "" }]);
}

/** Removes a line. */
export function removeLine(state: PageState, id: number): PageState {
  return withLines(
    state,
    activeRequest(state).lines.filter((line) => line.id !== id),
  );
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
  return { ...state, sections, edited: true };
}

/** Adds an empty card. */
export function addSection(state: PageState, kind: Kind, id: number): PageState {
  return { ...state, sections: [...state.sections, { id, name: nameForNew(state, kind), text: "" }], edited: true };
}

/** Removes a card. */
export function removeSection(state: PageState, id: number): PageState {
  return { ...state, sections: state.sections.filter((section) => section.id !== id), edited: true };
}
