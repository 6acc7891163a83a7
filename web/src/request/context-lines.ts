import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { tell } from "../state/messages";
import type { Line, LineChange } from "../state/page-state";
import { isConditionKey, knownKey, type KnownKey } from "./keys";

/** The id of the list of keys that a key field offers. */
export const KEY_LIST = "known-keys";

/** What a line knows about the problems at it: the id of their list, or "". */
export type ProblemsAt = (line: number | undefined) => string;

function typed(event: Event): string {
  return (event.target as HTMLInputElement).value;
}

/** Takes what a person typed of a line. */
export type Edit = (change: LineChange) => void;

/** Where a line stands, and what can be done with it. */
export interface ContextLine {
  problemsAt: ProblemsAt;
  /** True for a further value of the key of the line before. */
  joined: boolean;
  /** The lines with further values of its key. */
  more: readonly Line[];
  add(key: string): void;
  remove(): void;
}

/** One line of a request: its key, its value, one more value, and the way to remove it. */
export function contextLine(from: EventTarget, line: Line, { problemsAt, joined, more, add, remove }: ContextLine): TemplateResult {
  const { id, key } = line;
  const wrong = problemsAt(id);
  // The key is shown once for all its values.
  const ids = [id, ...more.map((other) => other.id)];
  const edit: Edit = (change) => tell(from, { kind: "line-edit", ids: change.key === undefined ? [id] : ids, change });
  return html`<div class="line ${joined ? "more" : ""}">
    ${joined ? nothing : keyField(line, wrong, edit)}${valueField(line, wrong, edit)}<span class="line-tools">
      ${
        isConditionKey(key) && more.length === 0
          ? html`<button type="button" class="quiet" aria-label="Add a value to ${key}" @click=${() => add(key)}>+ value</button>`
          : nothing
      }
      <button type="button" class="quiet remove" aria-label="Remove ${key || "this row"}" @click=${remove}>✕</button>
    </span>
  </div>`;
}

/** The key of a line, to type. */
export function keyField({ id, key }: Line, wrong: string, edit: Edit): TemplateResult {
  return html`<input
      class="code key"
      aria-label="Key"
      placeholder="key"
      list=${KEY_LIST}
      data-line=${id}
      autocomplete="off"
      spellcheck="false"
      autocapitalize="off"
      aria-invalid=${wrong === "" ? nothing : "true"}
      aria-describedby=${wrong === "" ? nothing : wrong}
      .value=${live(key)}
      @input=${(event: Event) => edit({ key: typed(event) })}
    />`;
}

/** The value of a line: chosen where AWS gives all values, else typed. */
export function valueField(line: Line, wrong: string, edit: Edit): TemplateResult {
  const known = knownKey(line.key);
  const words = line.value.split(/[\s,]+/).filter((word) => word !== "");
  if (known?.values && !known.any) return oneOf(line, known.values, edit);
  if (known?.values && words.every((word) => known.values?.includes(word))) return anyOf(line, known.values, words, edit);
  return textField(line, known, wrong, edit);
}

function textField({ id, key, value }: Line, known: KnownKey | undefined, wrong: string, edit: Edit): TemplateResult {
  const list = known?.hints ? `hints-${id}` : undefined;
  return html`<input
      class="code value"
      data-line=${id}
      aria-label=${key === "" ? "Value" : `Value of ${key}`}
      placeholder="(empty)"
      list=${list ?? nothing}
      autocomplete="off"
      spellcheck="false"
      autocapitalize="off"
      aria-invalid=${wrong === "" ? nothing : "true"}
      aria-describedby=${wrong === "" ? nothing : wrong}
      .value=${live(value)}
      @input=${(event: Event) => edit({ value: typed(event) })}
    />${list ? html`<datalist id=${list}>${known?.hints?.map((hint) => html`<option value=${hint}></option>`)}</datalist>` : nothing}`;
}

/** AWS gives all values. One that it does not know stays, so that the engine can say so. */
function oneOf({ key, value }: Line, values: readonly string[], edit: Edit): TemplateResult {
  const all = values.includes(value) ? values : [value, ...values];
  return html`<select
    class="code value"
    aria-label="Value of ${key}"
    .value=${live(value)}
    @change=${(event: Event) => edit({ value: typed(event) })}
  >
    ${all.map((entry) => html`<option value=${entry} ?selected=${entry === value}>${entry || "(empty)"}</option>`)}
  </select>`;
}

function anyOf({ key }: Line, values: readonly string[], words: readonly string[], edit: Edit): TemplateResult {
  const checked = (event: Event) => [...(event.currentTarget as Element).querySelectorAll<HTMLInputElement>(":checked")];
  return html`<fieldset class="value any" @change=${(event: Event) =>
    edit({
      value: checked(event)
        .map(({ value }) => value)
        .join(" "),
    })}>
    <legend class="hidden">Value of ${key}</legend>
    ${values.map(
      (name) => html`<label
        ><input
          type="checkbox"
          value=${name}
          .checked=${live(words.includes(name))}
        /><code>${name}</code></label
      >`,
    )}
  </fieldset>`;
}
