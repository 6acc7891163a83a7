import { html, type TemplateResult } from "lit";
import { PRINCIPAL_FORMS } from "../scenario/field-lists";

/** The id of the list that the principal field offers. */
export const PRINCIPAL_LIST = "principal-forms";

/** The forms for the list of the field. */
export function principalList(): TemplateResult {
  return html`<datalist id=${PRINCIPAL_LIST}>${PRINCIPAL_FORMS.map(
    ({ who, written }) => html`<option value=${written}>${who}</option>`,
  )}</datalist>`;
}

/** The forms as a table for people. */
export function principalForms(): TemplateResult {
  return html`<table class="forms">
    <caption class="hidden">Principal formats</caption>
    <thead><tr><th scope="col">Who asks</th><th scope="col">Written as</th></tr></thead>
    <tbody>
      ${PRINCIPAL_FORMS.map(({ who, written }) => html`<tr><th scope="row">${who}</th><td><code>${written}</code></td></tr>`)}
    </tbody>
  </table>`;
}
