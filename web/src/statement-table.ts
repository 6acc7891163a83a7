import { html, nothing, type TemplateResult } from "lit";
import type { Answer, StatementRow } from "./contract";
import { tell } from "./messages";
import { cardLabel, editableName } from "./sections";

function policyName(row: StatementRow): string {
  const section = { id: 0, name: row.section, text: "" };
  const name = editableName(section);
  return name === "" ? row.label : `${cardLabel(section, row.label)} ${name}`;
}

/** More rows than this are shown only when asked for. */
const FIRST = 200;

// What a reader looks for comes first when not all rows are shown.
function weight(row: StatementRow): number {
  return row.decided ? 0 : row.matched ? 1 : 2;
}

/** Every statement and grant: did it match, and if not, what failed first. */
export function statementTable(from: EventTarget, answer: Answer, all: boolean, showAll: () => void): TemplateResult {
  const total = answer.statements.length;
  const cut = total > FIRST && !all;
  const rows = cut ? [...answer.statements].sort((a, b) => weight(a) - weight(b)).slice(0, FIRST) : answer.statements;
  const show = (row: StatementRow) => {
    const failed = !row.matched && row.missEnd > row.missStart;
    const { section } = row;
    tell(from, { kind: "show-place", section, line: 0, start: failed ? row.missStart : row.start, end: failed ? row.missEnd : row.end });
  };
  return html`<section class="card" aria-labelledby="statements-title">
    <h3 id="statements-title">Statements <span class="rule">Choose one to see it in its policy.</span></h3>
    <table class="statements">
      <caption class="hidden">Every statement and grant, and what it did</caption>
      <thead>
        <tr><th scope="col">Statement</th><th scope="col">Effect</th><th scope="col">What happened</th></tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) => html`<tr class="${row.matched ? "matched" : "missed"} ${row.decided ? "decided" : ""}">
            <th scope="row">
              <button type="button" class="row" @click=${() => show(row)}>
                <span class="of">${policyName(row)}</span> <span>${row.sid === "" ? `no. ${row.index + 1}` : row.sid}</span>
              </button>
            </th>
            <td class=${row.effect === "Deny" ? "deny" : "allow"}>${row.effect === "" ? "Allow" : row.effect}</td>
            <td>
              <span aria-hidden="true">${row.matched ? "✓" : "–"}</span> ${row.reason}
              ${row.decided ? html`<span class="tag">decides</span>` : nothing}
            </td>
          </tr>`,
        )}
      </tbody>
    </table>
    ${cut ? html`<p class="more"><button type="button" @click=${showAll}>Show all ${total}</button></p>` : nothing}
  </section>`;
}
