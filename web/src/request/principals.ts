import { html, type TemplateResult } from "lit";

/**
 * What can stand in the principal field.
 *
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
const FORMS: readonly (readonly [who: string, written: string])[] = [
  ["Role session", "arn:aws:sts::111122223333:assumed-role/ROLE/SESSION"],
  ["Any session of a role", "arn:aws:iam::111122223333:role/ROLE"],
  ["IAM user", "arn:aws:iam::111122223333:user/NAME"],
  ["Federated user session", "arn:aws:sts::111122223333:federated-user/NAME"],
  ["Root user of an account", "arn:aws:iam::111122223333:root"],
  ["AWS service", "sns.amazonaws.com"],
  ["Anonymous (unsigned)", "anonymous"],
];

/** The id of the list that the principal field offers. */
export const PRINCIPAL_LIST = "principal-forms";

/** The forms for the list of the field. */
export function principalList(): TemplateResult {
  return html`<datalist id=${PRINCIPAL_LIST}>${FORMS.map(([who, written]) => html`<option value=${written}>${who}</option>`)}</datalist>`;
}

/** The forms as a table for people. */
export function principalForms(): TemplateResult {
  return html`<table class="forms">
    <caption class="hidden">Principal formats</caption>
    <thead><tr><th scope="col">Who asks</th><th scope="col">Written as</th></tr></thead>
    <tbody>
      ${FORMS.map(([who, written]) => html`<tr><th scope="row">${who}</th><td><code>${written}</code></td></tr>`)}
    </tbody>
  </table>`;
}
