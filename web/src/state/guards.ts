// Checks that must come before the engine: what it could not read at all.
import type { Problem } from "../engine/contract";
import { LIMITS, mebibytes } from "../scenario/section-lists";
import type { PageState, Section } from "./page-state";

const SECTION_LINE = /^-- .+ --[ \t]*$/m;

/** The size of a text in UTF-8. Short texts are not measured: no text takes more than 3 bytes a unit. */
function bytes(text: string): number {
  return text.length * 3 <= LIMITS.policy ? text.length : new TextEncoder().encode(text).length;
}

/** A size for people: "2.1 MB". */
export function humanSize(size: number): string {
  return size < 100_000 ? `${Math.ceil(size / 1000)} kB` : `${(size / 1_000_000).toFixed(1)} MB`;
}

function place(section: Section, start: number, end: number): Omit<Problem, "code" | "message"> {
  const before = section.text.slice(0, start);
  const line = before.split("\n").length;
  return { section: section.name, start, end, line, column: start - before.lastIndexOf("\n"), doc: "", severity: "error" };
}

/** The problems that the page finds by itself. With any of them nothing is sent. */
export function guard(state: PageState): Problem[] {
  const problems: Problem[] = [];
  let total = 0;
  for (const section of state.sections) {
    const size = bytes(section.text);
    total += size;
    if (size > LIMITS.policy) {
      problems.push({
        ...place(section, 0, 0),
        code: "too-large",
        message: `This is ${humanSize(size)}; at most ${mebibytes(LIMITS.policy)} is read. The text is kept here but not judged.`,
      });
      continue;
    }
    const marker = SECTION_LINE.exec(section.text);
    if (marker) {
      problems.push({
        ...place(section, marker.index, marker.index + marker[0].length),
        code: "section-line",
        message: `The line "${marker[0].trim()}" starts a new section of a scenario file, so it can't be inside one.`,
      });
    }
  }
  const last = state.sections.at(-1);
  if (problems.length === 0 && total > LIMITS.scenario && last) {
    problems.push({
      ...place(last, 0, 0),
      code: "too-large",
      message: `All policies together are ${humanSize(total)}; at most ${mebibytes(LIMITS.scenario)} are read.`,
    });
  }
  return problems;
}
