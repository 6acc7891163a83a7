import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { Answer, Change } from "../engine/contract";
import { EngineError } from "../engine/engine-client";
import { outcomeView } from "../page/outcome-view";
import { PageElement } from "../page/page-element";
import { changesSince, type Page } from "../state/asking";
import type { Told } from "../state/drafts";

/** So many requests whose answer changed are listed. */
const MOST = 20;

function word(outcome: Answer["outcome"] | undefined): string {
  return outcome === undefined ? "" : outcome === "allow" ? "allowed" : outcome;
}

/**
 * A link tells what the engine answered when it was made, and so does a draft.
 * Where the engine answers differently now, both answers are shown, and the rules
 * of the engine that can have changed them.
 */
export class LinkNote extends PageElement {
  static override properties = {
    told: { attribute: false },
    answers: { attribute: false },
    page: { attribute: false },
    changes: { state: true },
  };
  declare told: Told;
  /** The present answers; none while there are none. */
  declare answers: readonly Answer[];
  declare page: Page;
  /** Undefined until the engine has said it, or where it could not. */
  declare changes: readonly Change[] | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("told")) this.changes = undefined;
    if ((changed.has("told") || changed.has("answers")) && this.#changed().length > 0) void this.#explain(this.told);
  }

  async #explain(told: Told): Promise<void> {
    try {
      const { changes } = await changesSince(this.page, told);
      if (told === this.told) this.changes = changes;
    } catch (error) {
      // Without it the note still tells both answers.
      if (!(error instanceof EngineError)) throw error;
    }
  }

  #changed(): readonly Answer[] {
    const { outcomes } = this.told;
    return this.answers.filter((answer, i) => outcomes[i] !== undefined && outcomes[i] !== answer.outcome);
  }

  protected override render(): TemplateResult | typeof nothing {
    const changed = this.#changed();
    if (changed.length === 0) return nothing;
    const { engine, draft } = this.told;
    return html`<div class="notice" role="status">
      <p>
        <b>The answer has changed.</b> This ${draft ? "draft was kept" : "link was made"} with version ${engine || "unknown"} of the engine,
        which answered differently.
      </p>
      <ul>
        ${changed.slice(0, MOST).map((answer) => this.#line(answer))}
        ${changed.length > MOST ? html`<li>and ${(changed.length - MOST).toLocaleString("en")} more</li>` : nothing}
      </ul>
    </div>`;
  }

  #line(answer: Answer): TemplateResult {
    const then = this.told.outcomes[this.answers.indexOf(answer)];
    return html`<li>
      ${answer.request === "" ? nothing : html`<b>${answer.request}</b>: `}then ${word(then)}, now
      <b class=${outcomeView(answer.outcome).tone}>${word(answer.outcome)}</b>${this.#rules(answer.request)}
    </li>`;
  }

  #rules(request: string): TemplateResult | typeof nothing {
    const change = this.changes?.find((entry) => entry.request === request);
    if (!change) return nothing;
    if (change.rules.length === 0) return html`. No rule of the changelog explains it.`;
    return html`. What can have changed it:
      <ul>
        ${change.rules.map(
          ({ version, text, page }) => html`<li>Version ${version}: ${text} <a href=${page} rel="noreferrer">AWS's page</a></li>`,
        )}
      </ul>`;
  }
}

customElements.define("link-note", LinkNote);
