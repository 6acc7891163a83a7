// A scenario that a reader edits: what the page and an embed with fields share.
import type { Fix } from "../engine/contract";
import type { EngineClient } from "../engine/engine-client";
import { editOf } from "./edit-message";
import type { Judge } from "./judge";
import type { Message } from "./messages";
import type { PageState } from "./page-state";

/** Who holds a scenario while it is edited. */
export interface Editing {
  readonly state: PageState;
  readonly judge: Judge;
  /** Judges the scenario. */
  readonly client: EngineClient;
  /** Has all drawn anew. */
  readonly changed: () => void;
  /** Takes a state that is being typed: undo knows the typing by itself. */
  typed(state: PageState): void;
  /** Goes one step on, which undo takes back, where there is undo. */
  step(label: string, state: PageState): void;
  /** Opens a scenario file; with `before` only as an edit of that state. */
  load(text: string, opening: { label: string; before?: PageState }): Promise<void>;
  /** Tells the reader what could not be done; "" for nothing. */
  tell(notice: string): void;
  /** Runs what the engine may fail at, and tells the reader if it does. */
  attempt(run: () => Promise<void>): Promise<void>;
}

type Rewrites = {
  format(page: Editing, id: number): Promise<void>;
  switchAccounts(page: Editing): Promise<void>;
  applyFix(page: Editing, fix: Fix): Promise<void>;
};

/** Does what a message asks to be changed in the scenario; false where it asks for something else. */
export async function edit(page: Editing, message: Message, rewrites: () => Promise<Rewrites>): Promise<boolean> {
  const changed = editOf(page.state, message);
  if (changed) {
    if (changed.step === "") page.typed(changed.state);
    else page.step(changed.step, changed.state);
    return true;
  }
  switch (message.kind) {
    case "section-format":
      await (await rewrites()).format(page, message.id);
      return true;
    case "switch-accounts":
      await (await rewrites()).switchAccounts(page);
      return true;
    case "apply-fix":
      await (await rewrites()).applyFix(page, message.fix);
      return true;
    default:
      return false;
  }
}
