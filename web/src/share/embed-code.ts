// The lines that put a scenario into a page of somebody's documentation.
import { VERDICTS } from "../answer/verdicts";
import type { Answer } from "../engine/contract";

/** What the lines are made of. */
export interface Embedded {
  title: string;
  answers: readonly Answer[];
  /** The link of the scenario, from its "#" on. */
  link: string;
  /** The address of the folder that this page is in, with a slash at its end. */
  site: string;
}

function escaped(text: string): string {
  return text.replace(/\s*\n\s*/g, " ").replace(/[&<>"'`{}]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function checks({ checks: all, decisive, outcome, possible }: Answer): string {
  const item = (each: Answer["checks"][number], i: number) =>
    `<li>${VERDICTS[each.outcome]}: <code>${escaped(each.action)}</code> on <code>${escaped(each.resource)}</code> by <code>${escaped(each.principal)}</code>` +
    `${outcome !== "allow" && i === decisive ? " <strong>decides</strong>" : ""}${each.why === "" ? "" : `<br>${escaped(each.why)}`}</li>`;
  const list = all.length < 2 ? "" : `\n<p>What this call asks</p>\n<ol class="why403-checks">\n${all.map(item).join("\n")}\n</ol>`;
  const more = possible.map(
    (each) =>
      `\n<p class="why403-possible">If ${escaped(each.if)}, AWS also asks for <code>${escaped(each.action)}</code>${each.outcome === "" ? "" : `: ${each.outcome}`}.</p>`,
  );
  return list + more.join("");
}

function answer(all: Answer, several: boolean): string {
  const { request, outcome, verdict, message, notes } = all;
  const name = several ? `<p>Request <code>${escaped(request)}</code></p>` : "";
  const sentence = message === "" ? "" : `\n<p><samp class="why403-message">${escaped(message)}</samp></p>`;
  return `<div class="why403-answer">${name}\n<p><span class="why403-verdict"><strong>${VERDICTS[outcome]}:</strong> ${escaped(verdict)}</span></p>${notes.map((note) => `\n<p class="why403-note">${escaped(note.message)}</p>`).join("")}${sentence}${checks(all)}\n</div>`;
}

/** HTML that is readable without script and comes alive with it. */
export function embedCode({ title, answers, link, site }: Embedded): string {
  const expect = answers.map(({ outcome }) => outcome).join(", ");
  return `<script type="module" src="${escaped(site)}why403.js"></script>
<why403-scenario src="${escaped(link)}" expect="${expect}">
<figure class="why403">
<figcaption>${escaped(title || "Untitled")}</figcaption>
${answers.map((entry) => answer(entry, answers.length > 1)).join("\n")}
</figure>
</why403-scenario>
`;
}
