// The answer as Markdown, for a ticket or a pull request.
import type { Answer, Check, Depends, StatementRow, Way } from "../engine/contract";
import { VERDICTS } from "./verdicts";

/** Everything that the text tells. */
export interface Report {
  title: string;
  /** The lines of the request. */
  request: readonly { key: string; value: string }[];
  answer: Answer;
  /** The policies as they stand on the page. */
  sections: readonly { name: string; text: string }[];
  /** The address that opens this case, or "". */
  link: string;
}

const SIDES: Record<Way["side"], string> = {
  "same-account": "",
  caller: "Caller's account: ",
  resource: "Resource's account: ",
};

function oneLine(text: string): string {
  return text.replace(/\s*[\r\n]+\s*/g, " ").trim();
}

/** Text that Markdown shows as it is, on one line. Also fit for a cell of a table. */
export function plain(text: string): string {
  return oneLine(text).replace(/[\\`*_~<>[\]|&$#]/g, "\\$&");
}

/** A run of backticks that is longer than any in the text. */
function fence(text: string, least: number): string {
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 0);
  return "`".repeat(Math.max(least, longest + 1));
}

/** A text in the typeface of code, fit for a cell of a table. */
export function code(text: string): string {
  const line = oneLine(text);
  if (line === "") return "(empty)";
  // A cell can't hold a backslash before a bar in code: the bar would end the cell.
  if (line.includes("\\|")) return plain(line);
  const ticks = fence(line, 1);
  const space = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${ticks}${space}${line.replaceAll("|", "\\|")}${space}${ticks}`;
}

/** A block of code whose text can't end it. */
export function block(text: string, language: string): string {
  const ticks = fence(text, 3);
  return `${ticks}${language}\n${text.replace(/\n$/, "")}\n${ticks}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

function way(entry: Way): string {
  const detail = entry.detail === "" ? "" : ` ${plain(entry.detail)}`;
  return `${entry.open ? "✓" : entry.unsure ? "?" : "○"} ${SIDES[entry.side]}${plain(entry.title)}${detail}${
    entry.near ? " **Nearest.**" : ""
  }`;
}

function decides(decided: boolean): string {
  return decided ? " **decides**" : "";
}

function check(entry: Check, index: number, decisive: boolean): string[] {
  return [
    String(index + 1),
    code(entry.action),
    code(entry.resource),
    code(entry.principal),
    `${VERDICTS[entry.outcome]}${decides(decisive)}`,
    plain(entry.why),
  ];
}

function partRows({ checks }: Answer): string[][] {
  return checks.flatMap((entry) => entry.parts.map((part) => [code(part.resource), VERDICTS[part.outcome]]));
}

function statement(row: StatementRow): string[] {
  const name = `${code(row.section)} ${row.index + 1}${row.sid === "" ? "" : ` ${code(row.sid)}`}`;
  return [name, row.effect === "" ? "Allow" : row.effect, `${plain(row.reason)}${decides(row.decided)}`];
}

/** What the answer depends on, and what is not known and changes nothing. */
function dependsLines(depends: Depends | null): string[] {
  if (!depends) return [];
  const clauses = (word: string, sets: Depends["allowedIf"]) => sets.map((set) => `${word} if ${plain(set.clauses.join(", and "))}`);
  const whatever = depends.whatever.length === 0 ? [] : [`not known, and changes nothing: ${plain(depends.whatever.join(", "))}`];
  const more = depends.partial ? ["there is more that could decide than was looked at"] : [];
  const items = [...clauses("allowed", depends.allowedIf), ...clauses("denied", depends.deniedIf), ...whatever, ...more];
  return items.length === 0 ? [] : [list(items)];
}

/** The report as Markdown. */
export function markdown({ title, request, answer, sections, link }: Report): string {
  const part = (heading: string, present: boolean, text: () => string) => (present ? [`## ${heading}`, text()] : []);
  return (
    [
      `# ${plain(title) || "Untitled"}`,
      table(
        ["Request", "Value"],
        request.map(({ key, value }) => [plain(key), code(value)]),
      ),
      `**${VERDICTS[answer.outcome]}:** ${plain(answer.verdict)}`,
      ...dependsLines(answer.depends),
      ...(answer.notes.length > 0 ? [list(answer.notes.map((note) => plain(note.message)))] : []),
      ...(answer.also.length > 0 ? [list(answer.also.map(plain))] : []),
      ...(answer.message === "" ? [] : [`> ${plain(answer.message)}`]),
      ...part("What this call asks", answer.checks.length > 1, () =>
        table(
          ["Check", "Action", "Resource", "Who", "Outcome", "Why"],
          answer.checks.map((entry, i) => check(entry, i, answer.outcome !== "allow" && i === answer.decisive)),
        ),
      ),
      ...(partRows(answer).length > 0 ? [table(["Part of the pattern, such as", "Outcome"], partRows(answer))] : []),
      ...answer.possible.map(
        (entry) =>
          `If ${plain(entry.if)}, AWS also asks for ${code(entry.action)}${
            entry.outcome === "" ? "" : `: ${entry.outcome}`
          }${entry.why === "" ? "" : ` (${plain(entry.why)})`}.`,
      ),
      ...part("What each policy said", answer.said.length > 0, () =>
        table(
          ["Policy type", "Said", "Detail"],
          answer.said.map((said) => [plain(said.label), `${said.said}${decides(said.decided)}`, plain(said.detail)]),
        ),
      ),
      ...part("Ways in", answer.ways.length > 0, () => `${plain(answer.waysRule)}\n\n${list(answer.ways.map(way))}`),
      ...part("Statements", answer.statements.length > 0, () =>
        table(["Statement", "Effect", "What happened"], answer.statements.map(statement)),
      ),
      ...part("Not evaluated", answer.notEvaluated.length > 0, () =>
        list(answer.notEvaluated.map((problem) => `${code(problem.section)} ${problem.line}:${problem.column}: ${plain(problem.message)}`)),
      ),
      ...part("Policies", sections.length > 0, () =>
        sections.map(({ name, text }) => `### ${code(name)}\n\n${block(text, name.endsWith(".json") ? "json" : "text")}`).join("\n\n"),
      ),
      ...(link === "" ? [] : [`[Open this case](<${link.replace(/[<>\s]/g, encodeURIComponent)}>)`]),
    ].join("\n\n") + "\n"
  );
}
