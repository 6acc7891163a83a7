import { html, type TemplateResult } from "lit";

/** A part of the answer below its heading, which folds it away. */
export function fold(id: string, title: TemplateResult, open: boolean, body: TemplateResult): TemplateResult {
  return html`<section class="card" aria-labelledby=${id}>
    <details class="fold" ?open=${open}>
      <summary><h3 id=${id}>${title}</h3></summary>
      ${body}
    </details>
  </section>`;
}
