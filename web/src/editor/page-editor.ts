// What the editors of the page share: a view that outlives being moved on the
// page, and a text that the page and the person who types both change.
import { Annotation, EditorState, Transaction, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { LitElement } from "lit";
import { changesBetween } from "./text-change";
import { TypingHistory } from "./typing-history";

/** A change that the page makes, not the person who types. */
const fromPage = Annotation.define<true>();

/** What a browser does to prose, and must not do here. */
export const PLAIN = { spellcheck: "false", autocorrect: "off", autocapitalize: "off" };

/** An editor of a text that the page holds. */
export abstract class PageEditor extends LitElement {
  protected view: EditorView | undefined;
  /** The text that the page and the editor agreed on last. */
  protected agreed = "";
  readonly #history = new TypingHistory();

  /** The text that the page has. */
  protected abstract given(): string;
  protected abstract extensions(history: Extension): Extension[];
  /** Puts the view into the element. */
  protected abstract place(root: ShadowRoot, view: EditorView): void;
  /** Tells the page what a person typed. */
  protected abstract typed(text: string): void;

  override focus(): void {
    void this.updateComplete.then(() => this.view?.focus());
  }

  protected override firstUpdated(): void {
    this.agreed = this.given();
    const extensions = [this.extensions(this.#history.extension), EditorView.lineWrapping, this.#listener()];
    this.#mount(EditorState.create({ doc: this.agreed, extensions }));
  }

  // Lit moves elements by taking them out and putting them in again.
  override connectedCallback(): void {
    super.connectedCallback();
    if (this.view) this.#mount(this.view.state);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.view?.destroy();
  }

  /** Takes the text of the page, where that is another one. */
  protected follow(): void {
    const text = this.given();
    if (!this.view || text === this.agreed) return;
    const history = this.#history.swap(this.view.state, this.agreed, text);
    const changes = changesBetween(this.agreed, text);
    this.agreed = text;
    this.view.dispatch({ changes, annotations: [fromPage.of(true), Transaction.addToHistory.of(false)] });
    this.view.dispatch({ effects: history });
  }

  /** Selects a range, in UTF-16 units, and brings it into view. */
  protected select(start: number, end: number): void {
    const { view } = this;
    if (!view) return;
    const at = (offset: number) => Math.max(0, Math.min(offset, view.state.doc.length));
    view.dispatch({
      selection: { anchor: at(start), head: at(Math.max(start, end)) },
      effects: EditorView.scrollIntoView(at(start), { y: "center" }),
    });
    view.focus();
  }

  #mount(state: EditorState): void {
    const root = this.renderRoot as ShadowRoot;
    this.view = new EditorView({ root, state });
    this.place(root, this.view);
  }

  #listener(): Extension {
    return EditorView.updateListener.of((update) => {
      if (!update.docChanged || update.transactions.some((transaction) => transaction.annotation(fromPage))) return;
      this.agreed = update.state.doc.toString();
      this.typed(this.agreed);
    });
  }
}
