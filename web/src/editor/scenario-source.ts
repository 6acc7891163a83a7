import { standardKeymap } from "@codemirror/commands";
import { RangeSetBuilder, StateEffect, StateField, type Extension } from "@codemirror/state";
import { Decoration, EditorView, keymap, lineNumbers, type DecorationSet } from "@codemirror/view";
import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Problem } from "../engine/contract";
import { isError } from "../engine/problem";
import { listChanged } from "../page/page-element";
import { tell } from "../state/messages";
import { PageEditor, PLAIN } from "./page-editor";
import { theme } from "./theme";

const setMarks = StateEffect.define<DecorationSet>();

const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(value, { changes, effects }) {
    const next = effects.find((effect) => effect.is(setMarks));
    return next ? (next.value as DecorationSet) : value.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The lines that begin a section. */
const HEAD = /^-- (.+) --[ \t]*$/gm;

/** Where the text of a section begins in the file; the file itself is "". */
export function sectionStart(text: string, section: string): number {
  if (section === "") return 0;
  for (const match of text.matchAll(HEAD)) if (match[1] === section) return Math.min(match.index + match[0].length + 1, text.length);
  return 0;
}

/** The section around a place of the file, and how far in it the place is. */
export function placeIn(text: string, at: number): { section: string; start: number } {
  let found = { section: "", start: at };
  for (const match of text.slice(0, at).matchAll(HEAD)) found = { section: match[1] ?? "", start: at - match.index - match[0].length - 1 };
  return found;
}

function drawn(text: string, problems: readonly Problem[]): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  const heads = [...text.matchAll(HEAD)].map((match) => ({
    from: match.index,
    to: match.index,
    value: Decoration.line({ class: "section" }),
  }));
  const wrong = problems.flatMap((problem) => {
    const start = sectionStart(text, problem.section) + problem.start;
    const from = Math.min(start, Math.max(0, text.length - 1));
    const to = Math.min(text.length, Math.max(from + 1, start + problem.end - problem.start));
    return to > from ? [{ from, to, value: Decoration.mark({ class: isError(problem) ? "error" : "warning" }) }] : [];
  });
  for (const { from, to, value } of [...heads, ...wrong].sort((a, b) => a.from - b.from || a.to - b.to)) builder.add(from, to, value);
  return builder.finish();
}

/** The text of the whole scenario. What is typed here is in the cards at once, and the other way round. */
export class ScenarioSource extends PageEditor {
  static override properties = {
    text: { attribute: false },
    problems: { attribute: false, hasChanged: listChanged },
    waiting: { attribute: false },
  };
  /** What stands here unless something else was typed. */
  declare text: string;
  declare problems: readonly Problem[];
  /** True while what is typed can't be opened: the cards still show what could. */
  declare waiting: boolean;

  static override styles = css`
    :host {
      display: block;
      --editor-height: none;
    }
    :host(:focus-within) .box {
      outline: 2px solid var(--accent);
      outline-offset: -1px;
    }
    .section {
      font-weight: 700;
      background: color-mix(in srgb, var(--ink) 6%, transparent);
    }
    .note {
      margin: 0;
      padding: 8px 14px;
      font: 13.5px/1.45 var(--sans);
      border-bottom: 1px dashed var(--edge);
    }
    button {
      font: inherit;
      min-height: 28px;
      color: inherit;
      background: none;
      border: 1px solid var(--edge);
      border-radius: 6px;
      cursor: pointer;
    }
    .keys {
      margin: 0;
      padding: 3px 14px;
      font: 12px/1.5 var(--sans);
      color: var(--soft);
    }
  `;

  /** Puts the caret at a place of a section. */
  showPlace(section: string, start: number, end: number): void {
    const from = sectionStart(this.agreed, section);
    this.select(from + start, from + end);
  }

  protected override render(): TemplateResult {
    return html`<div class="box">
        ${
          this.waiting
            ? html`<p class="note" role="status">
              <b>Not in the cards yet.</b> This text can't be opened; it is kept.
              <button type="button" @click=${() => tell(this, { kind: "file-text-drop" })}>Put back the text of the cards</button>
            </p>`
            : nothing
        }
      </div>
      <p class="keys">Tab leaves the editor.</p>`;
  }

  protected override given(): string {
    return this.text;
  }

  protected override place(root: ShadowRoot, view: EditorView): void {
    root.querySelector(".box")?.append(view.dom);
  }

  protected override typed(text: string): void {
    tell(this, { kind: "file-text", text });
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has("text")) this.follow();
    this.view?.dispatch({ effects: setMarks.of(drawn(this.agreed, this.problems)) });
  }

  protected override extensions(history: Extension): Extension[] {
    return [
      lineNumbers(),
      marks,
      history,
      keymap.of(standardKeymap),
      EditorView.contentAttributes.of({ "aria-label": "Scenario file", ...PLAIN }),
      theme,
    ];
  }
}

customElements.define("scenario-source", ScenarioSource);
