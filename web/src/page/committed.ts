import { noChange } from "lit";
import { Directive, directive, type PropertyPart } from "lit/directive.js";

/** See {@link committed}. */
class Committed extends Directive {
  #field: HTMLInputElement | undefined;
  #typing = false;

  override render(_value: string): unknown {
    return noChange;
  }

  override update(part: PropertyPart, [value]: [string]): unknown {
    const field = part.element as HTMLInputElement;
    if (field !== this.#field) this.#watch(field);
    if (!this.#typing && field.value !== value) field.value = value;
    return noChange;
  }

  #watch(field: HTMLInputElement): void {
    this.#field = field;
    field.addEventListener("input", () => (this.#typing = true));
    field.addEventListener("change", () => (this.#typing = false));
    field.addEventListener("blur", () => (this.#typing = false));
  }
}

/**
 * The value of a field that counts once it is left, or Enter is pressed. Until
 * then an answer that arrives leaves alone what is being typed. It stands before
 * the listener of the change, which finds the typing ended.
 */
export const committed = directive(Committed);
