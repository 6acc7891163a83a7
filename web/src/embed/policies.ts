import { html, type TemplateResult } from "lit";
import { sectionTitle } from "../answer/section-title";
import type { Facts, Place } from "../engine/contract";
import type { Judge } from "../state/judge";
import type { ListWindow } from "../page/list-window";
import type { Section } from "../state/page-state";
import { isPresent } from "../scenario/scenario-text";
import { isMarked, markedLines, type MarkedLine } from "../policy/text-marks";

/** A place in a text that a reader asked to see. */
export type Spot = Pick<Place, "section" | "start" | "end">;

/** The policies to read, with the facts drawn into them. */
export function policies(
  sections: readonly Section[],
  judge: Judge,
  answer: Facts,
  spot: Spot | undefined,
  drawn: ListWindow,
): TemplateResult {
  const present = sections.filter(isPresent);
  return html`${drawn.of(present).map((section) => policy(section, judge, answer, spot?.section === section.name ? spot : undefined))}
    ${drawn.bar(present.length)}`;
}

function policy(section: Section, judge: Judge, answer: Facts, spot: Spot | undefined): TemplateResult {
  const rows = judge.rowsOf(section.name);
  const title = sectionTitle(answer, section.name, rows[0]);
  let next = 0;
  const lines = !isMarked(section.text)
    ? section.text
    : markedLines(section.text, rows, []).map((line) => {
        const start = next;
        next += line.pieces.reduce((sum, piece) => sum + piece.text.length, 1);
        return written(line, spot !== undefined && spot.start < next && spot.end >= start);
      });
  // Long lines are broken, so nothing scrolls.
  return html`<section class="card policy" aria-label=${title} data-section=${section.name}>
    <h3>${title}</h3>
    <pre class="written"><code>${lines}</code></pre>
  </section>`;
}

function written({ marks, pieces }: MarkedLine, here: boolean): TemplateResult {
  const words = pieces.map((piece) => (piece.marks === "" ? piece.text : html`<i class=${piece.marks}>${piece.text}</i>`));
  return html`<span class="${marks} ${here ? "spot" : ""}">${words}</span>`;
}
