import { html, nothing, type TemplateResult } from "lit";
import { outcomeView } from "../page/outcome-view";
import type { Alone } from "./table-files";

type Service = Alone["services"][number];

/**
 * What each side does by itself in one account, a row for each service. `mine` is the ID of the reader's service;
 * `choose` shows the tables of a service.
 */
export function sameAccountTable(alone: Alone, mine: string, choose: (id: string) => void): TemplateResult {
  return html`<section class="alone" aria-labelledby="alone-title">
    <h2 id="alone-title">Same account: whose Allow is enough</h2>
    <p class="lead">
      For each service, a request inside one account: with an identity-based policy that allows it, and with a resource-based policy alone.
      Decided by the same engine.
    </p>
    <div class="card scrolled" role="group" aria-label="Whose Allow is enough" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col" rowspan="2">Service</th>
            ${sides(alone).map(({ side, count }) => html`<th scope="colgroup" colspan=${count}>${side}</th>`)}
          </tr>
          <tr>
            ${alone.columns.map(({ label }) => html`<th scope="col">${label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${alone.services.map((service) => row(service, service.id === mine, choose))}
        </tbody>
      </table>
    </div>
  </section>`;
}

/** The heads above the columns, with how many columns each has. */
function sides({ columns }: Alone): { side: string; count: number }[] {
  const names = [...new Set(columns.map(({ side }) => side))];
  return names.map((side) => ({ side, count: columns.filter((column) => column.side === side).length }));
}

function row(service: Service, mine: boolean, choose: (id: string) => void): TemplateResult {
  return html`<tr class=${mine ? "asked" : ""}>
    <th scope="row">
      <button type="button" class="link" @click=${() => choose(service.id)}>
        ${service.title}<span class="hidden">: show its combinations</span>
      </button>
      ${mine ? html`<span class="tag">your service</span>` : nothing}
      <a class="doc" href=${service.doc} target="_blank" rel="noopener"
        >AWS<span class="hidden">'s page on ${service.title} (new tab)</span></a
      >
    </th>
    ${service.cells.map(({ outcome, reason }) =>
      outcome === ""
        ? html`<td class="none"><span aria-hidden="true">–</span><span class="hidden">there is no such case</span></td>`
        : html`<td title=${reason}><b class=${outcomeView(outcome).tone}>${outcomeView(outcome).glyph}
          ${outcomeView(outcome).word.toLowerCase()}</b></td>`,
    )}
  </tr>`;
}
