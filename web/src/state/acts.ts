// What each message of an element does, but for edits of the scenario.
import { IMPORTER } from "../engine/engine-client";
import type { Controller } from "./controller";
import type { Message } from "./messages";
import { fromOpened } from "./page-state";
import { setPlainEditor, setTheme } from "./preferences";
import { EMPTY } from "./start-scenario";
import { UNFETCHED } from "./unfetched";

type Kind = Message["kind"];
type Acts = { readonly [K in Kind]?: (page: Controller, message: Message & { kind: K }) => unknown };

/** A message that is none of these is an edit, or shows a place, which is left to the elements. */
const ACTS: Acts = {
  "choose-request": (page, { index }) => page.view({ ...page.state, active: index }),
  arrange: async (page, { what }) => {
    const { arranged } = await import("./arrange");
    const done = arranged(page.state, what);
    if (done) page.step(done.step, done.state);
  },
  "file-text-drop": (page) => {
    page.fileText = undefined;
    page.fileProblems = [];
    page.show(page.state);
  },
  "file-text": async (page, { text }) => {
    // At once, so that the page's undo leaves the key to the text.
    page.fileText = text;
    await (await import("./file-text")).takeFileText(page, text);
  },
  theme: (page, { theme }) => {
    setTheme(theme);
    page.changed();
  },
  load: (page, { text, title, hash, told, answers }) =>
    page.load(text, {
      label: `open “${title}”`,
      ...(hash === undefined ? {} : { hash }),
      linked: told,
      answers,
      example: hash !== undefined,
    }),
  // What was there stays among the drafts.
  new: (page) => page.opened(EMPTY, { label: "start a new scenario", blank: true }),
  clear: (page) => {
    const empty = fromOpened(EMPTY, page.state);
    page.begin();
    page.step("clear this case", empty);
  },
  "import-open": (page) => page.readers.of(IMPORTER),
  "import-paste": (page, message) => page.importing.paste(message),
  "import-cancel": (page) => page.importing.cancel(),
  "import-apply": (page, { clean }) =>
    page.load(page.importing.result?.text ?? "", {
      label: `import ${page.importing.result?.kind ?? ""}`,
      layOut: page.importing.result?.fragment === true,
      answers: clean ? {} : page.diagnoser.answers,
    }),
  "command-answer": (page, { id, text, answer }) => {
    page.diagnoser.say(id, text, answer);
    page.keep();
    page.judged();
  },
  fill: async (page, { allowed }) => (await import("./rewrites")).openFilling(page, allowed),
  "plain-editor": (page, { plain }) => {
    page.plain = plain;
    setPlainEditor(plain);
    page.changed();
  },
  forget: (page) => page.forget(),
  "forget-draft": (page, { id }) => {
    page.navigation.drafts.forget(id);
    page.changed();
  },
  dismiss: (page) => page.dismiss(),
  unfetched: (page) => page.miss(UNFETCHED),
  undo: (page) => page.travel(page.history.undo(page.state)),
  redo: (page) => page.travel(page.history.redo(page.state)),
  "show-check": (page, { index }) => {
    page.judge.chosen = index;
    page.changed();
  },
  "start-engine": (page) => page.restart(),
};

/** Does what a message says. */
export async function act(page: Controller, message: Message): Promise<void> {
  const does = ACTS[message.kind] as ((page: Controller, message: Message) => unknown) | undefined;
  await does?.(page, message);
}
