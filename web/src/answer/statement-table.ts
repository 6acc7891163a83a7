import { html, nothing, type TemplateResult } from "lit";
import type { Facts, StatementRow } from "../engine/contract";
import { tell } from "../state/messages";
import type { ListWindow } from "../page/list-window";
import { fold } from "./fold";
import { sectionTitle } from "./section-title";

/** So many rows are drawn at once. */
export const ROWS = 100;

function weight(row: StatementRow): number {
  return row.decided ? 0 : row.matched || row.open ? 1 : 2;
}

function showPlace(from: EventTarget, row: StatementRow): void {
  const failed = !row.matched && row.missEnd > row.missStart;
  const { section } = row;
  tell(from, { kind: "show-place", section, line: 0, start: failed ? row.missStart : row.start, end: failed ? row.missEnd : row.end });
}

function statement(from: EventTarget, answer: Facts, row: StatementRow, editable: boolean): TemplateResult {
  return html`<tr class="${row.matched ? "matched" : row.open ? "open" : "missed"} ${row.decided ? "decided" : ""}"
    data-section=${row.section} data-index=${row.index}>
    <th scope="row">
      <button type="button" class="row" @click=${() => showPlace(from, row)}>
        <span class="of">${sectionTitle(answer, row.section)}</span> <span
          class="sid">${row.sid === "" ? `no. ${row.index + 1}` : row.sid}</span>
      </button>
    </th>
    <td class=${row.effect === "Deny" ? "deny" : "allow"}>${row.effect === "" ? "Allow" : row.effect}</td>
    <td>
      <span aria-hidden="true">${row.matched ? "✓" : row.open ? "?" : "–"}</span> ${row.reason}
      ${row.decided ? html`<span class="tag">decides</span>` : nothing}
      ${
        editable
          ? row.absent.map(
              (key) => html`<button type="button" class="link" @click=${() => tell(from, { kind: "key-add", key })}>Add ${key}</button>`,
            )
          : nothing
      }
    </td>
  </tr>`;
}

/** The rows in the order of the table. What a reader looks for comes first where not all of them are drawn. */
export function rowsOf(answer: Facts): readonly StatementRow[] {
  return answer.statements.length > ROWS ? [...answer.statements].sort((a, b) => weight(a) - weight(b)) : answer.statements;
}

/** Every statement and grant: did it match, and if not, what failed first. */
export function statementTable(
  from: EventTarget,
  answer: Facts,
  rows: readonly StatementRow[],
  drawn: ListWindow,
  open: boolean,
  editable: boolean,
): TemplateResult {
  return fold(
    "statements-title",
    html`Statements <span class="rule">Choose one to see it in its policy.</span>`,
    open,
    html`<table class="statements">
      <caption class="hidden">Every statement and grant, and what it did</caption>
      <thead>
        <tr><th scope="col">Statement</th><th scope="col">Effect</th><th scope="col">What happened</th></tr>
      </thead>
      <tbody>
        ${drawn.of(rows).map((row) => statement(from, answer, row, editable))}
      </tbody>
    </table>
    ${drawn.bar(rows.length)}`,
  );
}
