import { html, nothing, type TemplateResult } from "lit";

const RECOGNISED = [
  "an access denied message",
  "a CloudTrail event",
  "aws sts decode-authorization-message",
  "aws iam get-account-authorization-details",
  "aws kms get-key-policy, list-grants",
  "a policy of any type, from the console or the AWS CLI",
  "Terraform, CloudFormation, SAM, serverless.yml, Kubernetes service accounts, Pulumi's state",
  "several of these at once, as text, files or a folder",
  "a why403 scenario file",
];

/** The kinds of text that can be imported. */
export function recognised(): TemplateResult {
  return html`<div class="recognised">
    <div class="label">It recognises</div>
    <ul>${RECOGNISED.map((what) => html`<li>${what}</li>`)}</ul>
  </div>`;
}

/** What a text tells, or leaves open: a list under its title. */
export function facts(title: string, mark: string, list: readonly string[]): TemplateResult | typeof nothing {
  if (list.length === 0) return nothing;
  return html`<div>
    <h3>${title}</h3>
    <ul>${list.map((fact) => html`<li><span aria-hidden="true">${mark} </span>${fact}</li>`)}</ul>
  </div>`;
}
