import * as edits from "./edits";
import type { Message } from "./messages";
import { newId, type PageState } from "./page-state";

/** What a person's edit makes of a state. */
export interface Edit {
  state: PageState;
  /** What undo calls it; "" for typing, which undoes letter by letter. */
  step: string;
}

/** Does the edit that a message asks for; undefined for messages that ask for something else. */
export function editOf(state: PageState, message: Message): Edit | undefined {
  const typed = (next: PageState): Edit => ({ state: next, step: "" });
  const step = (label: string, next: PageState): Edit => ({ state: next, step: label });
  switch (message.kind) {
    case "main-field":
      return typed(edits.setMainField(state, message.key, message.value));
    case "ask-as":
      return step(`ask as ${message.name}`, edits.setMainField({ ...state, active: message.index }, "principal", message.principal));
    case "line-edit":
      return typed(edits.setLines(state, message.ids, message.change));
    case "section-text":
      return typed(edits.setText(state, message.id, message.text));
    case "section-replace":
      return step(
        message.file === "" ? "paste a policy" : `replace a policy by ${message.file}`,
        edits.setText(state, message.id, message.text),
      );
    case "title":
      return typed(edits.setTitle(state, message.title));
    case "notes":
      return typed(edits.setNotes(state, message.notes));
    case "request-add":
      return step("add a request", edits.addRequest(state));
    case "request-remove":
      return step("remove a request", edits.removeRequest(state, message.index));
    case "request-rename":
      return step("rename a request", edits.renameRequest(state, message.index, message.name));
    case "request-expect":
      return step("set the expected outcome", edits.expectOutcome(state, message.index, message.outcome));
    case "line-add":
      return step("add a context key", edits.addLine(state, newId(), message.key, message.value));
    case "layers":
      return step(
        message.known ? "set what there is none of" : "set what is not known",
        edits.setLayers(state, message.names, message.known, message.given),
      );
    case "folder-layer":
      return step(
        message.known ? "set what there is none of" : "set what is not known",
        edits.setFolderLayer(state, message.folder, message.name, message.known),
      );
    case "line-remove":
      return step("remove a context key", edits.removeLine(state, message.id));
    case "section-add":
      return step(`add ${message.section.text}`, edits.addSection(state, message.section, newId()));
    case "section-remove":
      return step("remove a policy", edits.removeSection(state, message.id));
    case "section-rename":
      return step("rename a policy", edits.renameSection(state, message.id, message.name));
    case "entity-add":
      return step("add an entity", edits.addEntity(state, newId()));
    case "account-add":
      return step("add an account", edits.addAccount(state, newId()));
    case "folder-rename":
      return step(`rename ${message.folder}`, edits.renameFolder(state, message.folder, message.name));
    case "folder-remove":
      return step(`remove ${message.folder}`, edits.removeFolder(state, message.folder));
    case "header-edit":
      return typed(edits.changeHeader(state, message.folder, message.at, message.change));
    case "header-add":
      return step(`add ${message.key}`, edits.addToHeader(state, message.folder, message.key, message.value));
    case "header-remove":
      return step(`remove ${message.key}`, edits.removeFromHeader(state, message.folder, message.at));
    default:
      return undefined;
  }
}
