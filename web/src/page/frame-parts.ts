// The frame of the page: its head and its foot, and what it has to tell.
import { html, nothing, type TemplateResult } from "lit";
import type { BlockForm, Redaction } from "../engine/contract";
import { scenarioText } from "../scenario/scenario-text";
import { downloadScenario } from "../share/download";
import type { KeptDrafts } from "../share/kept-drafts";
import type { Controller } from "../state/controller";
import { tell } from "../state/messages";
import { blockOf, linkOf } from "../state/sharing";
import { outcomeView } from "./outcome-view";
import type { PageElement } from "./page-element";

/** The button of an element whose script is on its way. */
function early(label: string | TemplateResult): TemplateResult {
  return html`<button type="button" class="link" aria-haspopup="dialog">${label}</button>`;
}

/** Presses the button of an element that had not come when it was first pressed. */
async function pressLater(event: Event): Promise<void> {
  const element = (event.target as Element).closest("import-box, scenario-gallery, share-box");
  if (!element || customElements.get(element.localName)) return;
  await customElements.whenDefined(element.localName);
  await (element as PageElement).updateComplete;
  element.querySelector<HTMLElement>("button")?.click();
}

function step(from: EventTarget, kind: "undo" | "redo", label: string, what: string): TemplateResult {
  return html`<button type="button" class="link" ?disabled=${what === ""} title=${what} @click=${() => tell(from, { kind })}>
    ${label}<span class="hidden">${what === "" ? "" : `: ${what}`}</span>
  </button>`;
}

function shareBox(page: Controller): TemplateResult {
  const { judge, state } = page;
  return html`<share-box
    .fileTitle=${state.title}
    .page=${page}
    .makeLink=${(redacted?: Redaction) => linkOf(page, redacted)}
    .makeFile=${() => scenarioText(page.state)}
    .makeBlock=${(form: BlockForm, address: string, file: string) => blockOf(page, form, address, file)}
    .answers=${judge.stale || judge.pending ? [] : judge.answers}
    >${early("Share")}</share-box>`;
}

/** The name of the page, and what can be done with all of it. */
export function pageHead(from: EventTarget, page: Controller): TemplateResult {
  const { history, importing, nobodys, state } = page;
  const { examples } = page.gallery;
  const begin = () => tell(from, { kind: "new", at: "" });
  return html`<header class="top">
    <h1>why403</h1>
    <p>AWS access decisions, explained. Nothing you paste leaves this page.</p>
    <div class="actions" @click=${(event: Event) => void pressLater(event)}>
      <button type="button" class="link" title="A blank scenario. What you typed stays under “Kept in this browser”."
        @click=${begin}>New</button>
      ${step(from, "undo", "Undo", history.undoLabel)} ${step(from, "redo", "Redo", history.redoLabel)}
      <import-box .result=${importing.result} .busy=${importing.busy} .nobodys=${nobodys} .into=${state.title}
        >${early(html`Import<span class="wide"> an error</span>`)}</import-box>
      <scenario-gallery .examples=${examples}>${early(`Gallery${examples ? ` (${examples.examples.length})` : ""}`)}</scenario-gallery>
      ${shareBox(page)}
    </div>
  </header>`;
}

/** What the page is, and what it keeps. */
export function pageFoot({ navigation: { drafts } }: Controller): TemplateResult {
  return html`<footer>
    <p>The engine runs in this page. No account, no tracking, no request to AWS. It explains policies; it can't see the parts you did not
      paste. <a href="licenses.txt">Licences</a></p>
    <kept-drafts .drafts=${() => drafts.list()} .keeping=${drafts.keeping}></kept-drafts>
  </footer>`;
}

/** Storage has no room for what is typed. Nothing older goes unasked. */
function full(from: HTMLElement, { state }: Controller): TemplateResult {
  return html`<div class="notice told full" role="alert">
    <p class="trouble">This browser's storage is full: what you type is gone when the page is closed. Your older drafts are still there.</p>
    <button type="button" @click=${() => downloadScenario(state.title, scenarioText(state))}>Download this scenario</button>
    <button type="button" @click=${() => void from.querySelector<KeptDrafts>("kept-drafts")?.show()}>Choose drafts to forget</button>
  </div>`;
}

/** What could not be done, what is not kept, and what a link tells. */
export function notices(from: HTMLElement, page: Controller): TemplateResult {
  const { notice, missing, linked, judge, navigation } = page;
  const answers = judge.stale || judge.pending ? [] : judge.answers;
  return html`${
    notice + missing === ""
      ? nothing
      : html`<div class="notice told" role="alert">
        <div>${[notice, missing].filter((text) => text !== "").map((text) => html`<p class="trouble">${text}</p>`)}</div>
        <button type="button" class="quiet" aria-label="Dismiss" @click=${() => tell(from, { kind: "dismiss" })}>✕</button>
      </div>`
  }
  ${navigation.drafts.keeping === "full" ? full(from, page) : nothing}
  ${linked ? html`<link-note .told=${linked} .answers=${answers} .page=${page}></link-note>` : nothing}`;
}

/** On narrow screens the verdict stays in sight below the inputs. */
export function pin({ judge: { answer, stale }, diagnoser: { said, result } }: Controller): TemplateResult | typeof nothing {
  // Where AWS's message stands alone, it leads, and the policies have no verdict yet.
  if (!answer || (said && result?.verdict === "")) return nothing;
  const view = outcomeView(answer.outcome);
  return html`<a class="pin ${view.tone}" href="#answer"
    ><b>${view.glyph} ${view.word}</b>${stale ? html` <i>stale</i>` : nothing}<span>${answer.verdict}</span></a
  >`;
}
