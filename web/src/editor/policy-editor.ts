import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { standardKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { Compartment, type Extension, type StateEffect } from "@codemirror/state";
import { EditorView, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { css, html, type PropertyValues, type TemplateResult } from "lit";
import type { Problem, StatementRow } from "../engine/contract";
import { isError } from "../engine/problem";
import { isOneLongLine } from "../scenario/one-line";
import { tell } from "../state/messages";
import { afterFrame } from "../page/after-frame";
import { listChanged } from "../page/page-element";
import type { Section } from "../state/page-state";
import type { Caret } from "./caret";
import type { Hint } from "../page/problem-list";
import { kindOf } from "../scenario/sections";
import { completion } from "./completion";
import { facts, setFaded, setHints, setProblems, setRows } from "./facts";
import { noteTooltips } from "./note-tooltip";
import { PageEditor, PLAIN } from "./page-editor";
import { showStatement, statementBar } from "./statement-bar";
import { theme } from "./theme";

const MAC = /Mac|iP(hone|ad|od)/.test(navigator.platform);

// Where typing replaces a selection, browsers keep the look of the old text in a
// style attribute, which the page's security policy forbids. So does this, without.
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== "insertText" || event.data === null || view.composing || view.state.selection.main.empty) return false;
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
    return true;
  },
});

/** What a screen reader says of the text apart from its name. */
function description(problems: readonly Problem[], hints: readonly Hint[]): string {
  const count = (n: number, word: string) => (n === 0 ? [] : [`${n} ${word}${n === 1 ? "" : "s"}`]);
  const errors = problems.filter(isError).length;
  const all = [...count(errors, "problem"), ...count(problems.length - errors, "warning"), ...count(hints.length, "hint")];
  return all.length === 0 ? "" : `${all.join(", ")}; F8 goes to the next one`;
}

/** The editor of one policy: its text with the facts drawn into it. */
export class PolicyEditor extends PageEditor {
  static override properties = {
    section: { attribute: false },
    label: { attribute: false },
    hintText: { attribute: false },
    rows: { attribute: false, hasChanged: listChanged },
    problems: { attribute: false, hasChanged: listChanged },
    hints: { attribute: false, hasChanged: listChanged },
    stale: { attribute: false },
    moved: { attribute: false },
    service: { attribute: false },
  };
  /** The section whose text stands here. */
  declare section: Section;
  /** The accessible name. */
  declare label: string;
  /** What an empty editor asks for. */
  declare hintText: string;
  declare rows: readonly StatementRow[];
  declare problems: readonly Problem[];
  declare hints: readonly Hint[];
  declare stale: boolean;
  /** True if the text is no longer the one that the rows belong to. */
  declare moved: boolean;
  /** The prefix of the request's action, such as kms. */
  declare service: string;

  static override styles = css`
    :host {
      display: block;
      position: relative;
    }
    /* An outline would lie behind the gutters. */
    :host(:focus-within)::after {
      content: "";
      position: absolute;
      inset: 0;
      z-index: 201;
      border: 2px solid var(--accent);
      border-radius: 0 0 8px 8px;
      pointer-events: none;
    }
    .keys {
      position: absolute;
      inset: auto 2px 2px;
      margin: 0;
      padding: 2px 14px 3px;
      font: 12px/1.5 var(--sans);
      color: var(--soft);
      background: var(--card);
      border-radius: 0 0 7px 7px;
      visibility: hidden;
    }
    :host(:focus-within) .keys {
      visibility: visible;
    }
    @media (hover: none) {
      .keys {
        display: none;
      }
    }
    @media (max-width: 480px) {
      .keys span {
        display: none;
      }
    }
  `;

  readonly #words = new Compartment();
  /** The properties whose news the marks do not show yet, and whether they are going to. */
  readonly #undrawn = new Set<PropertyKey>();
  #drawing: "never" | "soon" | "done" = "never";

  /** Selects a range of the text, in UTF-16 units, and brings it into view. */
  async showRange(start: number, end: number): Promise<void> {
    await this.updateComplete;
    this.select(start, end);
  }

  /** Goes on where a person was in the text area. */
  async takeOver({ start, end, scrolled }: Caret): Promise<void> {
    await this.updateComplete;
    const { view } = this;
    if (!view) return;
    const at = (offset: number) => Math.min(offset, view.state.doc.length);
    view.dispatch({ selection: { anchor: at(start), head: at(end) } });
    view.scrollDOM.scrollTop = scrolled;
    view.focus();
  }

  protected override render(): TemplateResult {
    const mod = MAC ? "⌘" : "Ctrl+";
    return html`<p class="keys">Tab leaves the editor.<span> Ctrl+Space completes. ${mod}Enter shows the statement in the
      answer.</span></p>`;
  }

  protected override given(): string {
    return this.section.text;
  }

  protected override place(root: ShadowRoot, view: EditorView): void {
    root.prepend(view.dom);
  }

  protected override typed(text: string): void {
    tell(this, { kind: "section-text", id: this.section.id, text });
  }

  protected override updated(changed: PropertyValues): void {
    // Other news, such as hints, can come before the page has drawn what is being typed.
    if (changed.has("section")) this.follow();
    for (const name of changed.keys()) this.#undrawn.add(name);
    if (this.#drawing === "never") this.#draw();
    else if (this.#drawing === "done") this.#drawSoon();
  }

  /** Marks come a frame after the verdict: to draw them is most of what an answer costs the page. */
  #drawSoon(): void {
    this.#drawing = "soon";
    void afterFrame().then(() => this.#draw());
  }

  /** Draws what is new since the marks were drawn last. */
  #draw(): void {
    const undrawn = new Set(this.#undrawn);
    this.#undrawn.clear();
    this.#drawing = "done";
    const effects: StateEffect<unknown>[] = [];
    // What was cut out lost its marks: the answer to a new text brings all of them.
    const news = (name: string) => undrawn.has(name) || (undrawn.has("moved") && !this.moved);
    // Rows of another text would mark the wrong places; the old marks move with
    // the text until the answer comes.
    if (news("rows") && !this.moved) effects.push(setRows.of(this.rows));
    if (news("problems")) effects.push(setProblems.of(this.problems));
    if (news("hints")) effects.push(setHints.of(this.hints));
    if (undrawn.has("stale") || undrawn.has("moved")) effects.push(setFaded.of(this.stale && this.moved));
    if (["label", "hintText", "problems", "hints"].some((name) => undrawn.has(name)))
      effects.push(this.#words.reconfigure(this.#wording()));
    if (effects.length > 0) this.view?.dispatch({ effects });
  }

  protected override extensions(history: Extension): Extension[] {
    const show = (row: StatementRow) => tell(this, { kind: "show-row", section: row.section, index: row.index });
    return [
      keymap.of([{ key: "Mod-Enter", run: showStatement(show) }]),
      this.#words.of(this.#wording()),
      statementBar(show),
      // A number beside an empty card says nothing.
      lineNumbers({ formatNumber: (line, { doc }) => (doc.length === 0 ? "" : `${line}`) }),
      facts,
      noteTooltips,
      json(),
      completion(() => ({ kind: kindOf(this.section).type, service: this.service })),
      autocompletion({ icons: false }),
      typeOver,
      EditorView.domEventHandlers({ paste: (event, view) => this.#pasted(event, view) }),
      closeBrackets(),
      bracketMatching(),
      indentOnInput(),
      history,
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...standardKeymap]),
      theme,
    ];
  }

  /** A policy in one long line that is pasted over the whole text is the page's to lay out, as one step. */
  #pasted(event: ClipboardEvent, { state }: EditorView): boolean {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const { from, to } = state.selection.main;
    if (to - from < state.doc.length || !isOneLongLine(text)) return false;
    event.preventDefault();
    tell(this, { kind: "section-replace", id: this.section.id, text, file: "" });
    return true;
  }

  #wording(): Extension {
    const about = description(this.problems, this.hints);
    return [
      placeholder(this.hintText),
      EditorView.contentAttributes.of({
        "aria-label": this.label,
        ...(about === "" ? {} : { "aria-description": about }),
        ...(this.problems.some(isError) ? { "aria-invalid": "true" } : {}),
        ...PLAIN,
      }),
    ];
  }
}

customElements.define("policy-editor", PolicyEditor);
