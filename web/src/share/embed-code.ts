// The lines that put a scenario into a page of somebody's documentation.
import { VERDICTS } from "../answer/markdown";
import type { Answer } from "../contract";

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

function answer({ request, outcome, verdict, message }: Answer, several: boolean): string {
  const name = several ? `<p>Request <code>${escaped(request)}</code></p>` : "";
  const sentence = message === "" ? "" : `\n<p><samp class="why403-message">${escaped(message)}</samp></p>`;
  return `<div class="why403-answer">${name}\n<p><span class="why403-verdict"><strong>${VERDICTS[outcome]}:</strong> ${escaped(verdict)}</span></p>${sentence}\n</div>`;
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
