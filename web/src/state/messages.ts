// What the elements of the page tell the controller.
import type { CommandAnswers, Told } from "./drafts";
import type { Offer } from "../scenario/section-names";
import type { Arrangement } from "./arrange";
import type { LineChange, MainKey } from "./page-state";
import type { Theme } from "./preferences";
import type { Fix, Outcome } from "../engine/contract";

/** One thing that a person did. */
export type Message =
  | { kind: "main-field"; key: MainKey; value: string }
  | { kind: "line-edit"; ids: readonly number[]; change: LineChange }
  | { kind: "line-add"; key?: string; value?: string }
  | { kind: "line-remove"; id: number }
  | { kind: "key-add"; key: string }
  | { kind: "choose-request"; index: number }
  | { kind: "ask-as"; index: number; principal: string; name: string }
  | { kind: "request-add" }
  | { kind: "request-remove"; index: number }
  | { kind: "request-rename"; index: number; name: string }
  | { kind: "request-expect"; index: number; outcome: Outcome | "" }
  | { kind: "title"; title: string }
  | { kind: "notes"; notes: string }
  | { kind: "switch-accounts" }
  | { kind: "section-text"; id: number; text: string }
  | { kind: "section-replace"; id: number; text: string; file: string }
  | { kind: "section-rename"; id: number; name: string }
  | { kind: "section-add"; section: Offer }
  | { kind: "section-remove"; id: number }
  | { kind: "section-format"; id: number }
  | { kind: "arrange"; what: Arrangement }
  | { kind: "file-text"; text: string }
  | { kind: "file-text-drop" }
  | { kind: "theme"; theme: Theme }
  | { kind: "entity-add" }
  | { kind: "account-add" }
  | { kind: "folder-rename"; folder: string; name: string }
  | { kind: "folder-remove"; folder: string }
  | { kind: "header-edit"; folder: string; at: number; change: LineChange }
  | { kind: "header-add"; folder: string; key: string; value: string }
  | { kind: "header-remove"; folder: string; at: number; key: string }
  | { kind: "show-check"; index: number }
  | { kind: "show-place"; section: string; start: number; end: number; line: number }
  | { kind: "show-row"; section: string; index: number }
  | { kind: "load"; text: string; title: string; hash?: string; told?: Told | undefined; answers?: CommandAnswers | undefined }
  | { kind: "new"; at: "question" | "hand" | "" }
  | { kind: "clear" }
  | { kind: "bring"; text: string }
  | { kind: "policy-table"; section: string }
  | { kind: "browse" }
  | { kind: "apply-fix"; fix: Fix }
  | { kind: "fill"; allowed: boolean }
  | { kind: "command-answer"; id: string; text: string; answer: "none" | "denied" | "" }
  | { kind: "layers"; names: readonly string[]; known: boolean; given?: boolean }
  | { kind: "folder-layer"; folder: string; name: string; known: boolean }
  | { kind: "import-open" }
  | { kind: "import-paste"; text: string; choice: string; values: Readonly<Record<string, string>>; clean: boolean }
  | { kind: "import-cancel" }
  | { kind: "import-apply"; clean: boolean }
  | { kind: "plain-editor"; plain: boolean }
  | { kind: "unfetched" }
  | { kind: "forget" }
  | { kind: "forget-draft"; id: string }
  | { kind: "dismiss" }
  | { kind: "undo" }
  | { kind: "redo" }
  | { kind: "start-engine" };

/** The event that carries a message up to the controller. */
export class PageMessage extends Event {
  static readonly type = "page-message";

  constructor(readonly message: Message) {
    super(PageMessage.type, { bubbles: true, composed: true });
  }
}

/** Sends a message from an element. */
export function tell(from: EventTarget, message: Message): void {
  from.dispatchEvent(new PageMessage(message));
}

/** Runs a handler for every message that reaches the element. */
export function listen(element: EventTarget, handle: (message: Message) => void): void {
  element.addEventListener(PageMessage.type, (event) => handle((event as PageMessage).message));
}
