import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { Mode, Problem } from "./contract";
import { tell } from "./messages";
import { listChanged, PageElement } from "./page-element";
import { extraLines, mainLine, type Line, type MainKey, type Request } from "./page-state";
import { problemList } from "./problem-list";
import { writtenLines } from "./scenario-text";

/** Keys that are offered while a person types one. Any other key works as well. */
const KNOWN_KEYS = [
  "resource-account",
  "role",
  "federated-by",
  "key-manager",
  "management-account",
  "aws:PrincipalOrgID",
  "aws:PrincipalTag/NAME",
  "aws:SourceAccount",
  "aws:SourceArn",
  "aws:SourceIp",
  "aws:SourceVpce",
  "aws:RequestTag/NAME",
  "aws:ResourceTag/NAME",
  "kms:CallerAccount",
  "kms:EncryptionContext:NAME",
  "kms:GrantIsForAWSResource",
  "kms:RequestAlias",
  "kms:ViaService",
];

/** Who asks for what: the account switch, the three main fields and the other lines. */
export class RequestFields extends PageElement {
  static override properties = {
    requests: { attribute: false },
    active: { attribute: false },
    mode: { attribute: false },
    problems: { attribute: false, hasChanged: listChanged },
  };
  declare requests: readonly Request[];
  declare active: number;
  declare mode: Mode | undefined;
  declare problems: readonly Problem[];

  /** Puts the focus on the field of a line of the request's text. */
  showLine(line: number): void {
    const id = writtenLines(this.#request)[line - 1]?.id;
    this.querySelector<HTMLInputElement>(`[data-line="${id ?? ""}"]`)?.focus();
  }

  get #request(): Request {
    return this.requests[this.active] ?? { name: "", lines: [] };
  }

  protected override render(): TemplateResult {
    return html`<section class="request" aria-labelledby="request-title">
      <h2 id="request-title" class="hidden">Request</h2>
      ${this.requests.length > 1 ? this.#chooser() : nothing}
      <div class="ask">${this.#accounts()} ${this.#main("principal", "Principal")} ${this.#main("action", "Action")} ${this.#main("resource", "Resource")}</div>
      ${this.#lines()}
      ${this.problems.length > 0 ? problemList(this, this.problems, { id: "request-problems" }) : nothing}
    </section>`;
  }

  #chooser(): TemplateResult {
    return html`<label class="chooser"
      ><span class="label">Request</span>
      <select @change=${(event: Event) => tell(this, { kind: "choose-request", index: (event.target as HTMLSelectElement).selectedIndex })}>
        ${this.requests.map((request, i) => html`<option .selected=${i === this.active}>${request.name || `request ${i + 1}`}</option>`)}
      </select></label
    >`;
  }

  #accounts(): TemplateResult {
    const radio = (mode: Mode, label: string) =>
      html`<label
        ><input
          type="radio"
          name="accounts"
          value=${mode}
          .checked=${live(this.mode === mode)}
          @change=${() => tell(this, { kind: "switch-accounts" })}
        /><span>${label}</span></label
      >`;
    return html`<fieldset class="accounts">
      <legend class="label">Accounts</legend>
      <div class="segments">${radio("same-account", "Same account")}${radio("cross-account", "Cross-account")}</div>
    </fieldset>`;
  }

  #main(key: MainKey, label: string): TemplateResult {
    const line = mainLine(this.#request, key);
    return html`<label class="field ${key}"
      ><span class="label">${label}</span>
      <input
        class="code"
        data-line=${line?.id ?? ""}
        autocomplete="off"
        spellcheck="false"
        autocapitalize="off"
        aria-describedby=${this.problems.length > 0 ? "request-problems" : nothing}
        .value=${live(line?.value ?? "")}
        @input=${(event: Event) => tell(this, { kind: "main-field", key, value: (event.target as HTMLInputElement).value })}
    /></label>`;
  }

  #lines(): TemplateResult {
    const lines = extraLines(this.#request);
    return html`<div class="context" role="group" aria-label="Context keys and other lines of the request">
      ${repeat(lines, (line) => line.id, (line) => this.#row(line))}
      <button type="button" class="chip" @click=${() => tell(this, { kind: "line-add" })}>+ Context key</button>
      ${lines.length > 0 ? html`<p class="hint">An empty value is a value. A key without a row is absent.</p>` : nothing}
      <datalist id="known-keys">${KNOWN_KEYS.map((key) => html`<option value=${key}></option>`)}</datalist>
    </div>`;
  }

  #row({ id, key, value }: Line): TemplateResult {
    const input = (event: Event) => (event.target as HTMLInputElement).value;
    return html`<div class="line">
      <input
        class="code key"
        aria-label="Key"
        placeholder="key"
        list="known-keys"
        data-line=${id}
        autocomplete="off"
        spellcheck="false"
        autocapitalize="off"
        .value=${live(key)}
        @input=${(event: Event) => tell(this, { kind: "line-edit", id, key: input(event), value })}
      /><input
        class="code value"
        aria-label=${key === "" ? "Value" : `Value of ${key}`}
        placeholder="(empty)"
        autocomplete="off"
        spellcheck="false"
        autocapitalize="off"
        .value=${live(value)}
        @input=${(event: Event) => tell(this, { kind: "line-edit", id, key, value: input(event) })}
      /><button type="button" class="quiet" aria-label="Remove ${key || "this row"}" @click=${() => tell(this, { kind: "line-remove", id })}>✕</button>
    </div>`;
  }
}

customElements.define("request-fields", RequestFields);
