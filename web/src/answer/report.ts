import type { Answer } from "../engine/contract";
import { activeRequest, type PageState } from "../state/page-state";
import { isPresent, writtenLines } from "../scenario/scenario-text";
import { markdown } from "./markdown";

/** What stands on the page and what came of it, as Markdown. The link may be "". */
export function pageMarkdown(state: PageState, answer: Answer, link: string): string {
  const request = writtenLines(activeRequest(state));
  return markdown({ title: state.title, request, answer, sections: state.sections.filter(isPresent), link });
}
