import { html, nothing, type TemplateResult } from "lit";
import type { Layer, Open } from "../engine/contract";
import type { CommandAnswers } from "../state/drafts";
import { tell } from "../state/messages";
import { fetchList } from "./fetch-list";

function listed(layers: readonly Layer[]): string {
  const nouns = [...new Set(layers.map(({ noun }) => noun))];
  return nouns.length < 2 ? nouns.join("") : `${nouns.slice(0, -1).join(", ")} and ${nouns.at(-1)}`;
}

/** What is not given of what could count for the request: taken as none, none, or not known, once for all of it. */
export function layerBar(
  from: EventTarget,
  layers: readonly Layer[],
  open: readonly Open[],
  answers: CommandAnswers,
): TemplateResult | typeof nothing {
  if (layers.length === 0) return nothing;
  const of = (state: Layer["state"]) => layers.filter((layer) => layer.state === state);
  const set = (some: readonly Layer[], known: boolean) => tell(from, { kind: "layers", names: some.map(({ name }) => name), known });
  const line = (state: Layer["state"], words: (some: readonly Layer[]) => TemplateResult, button: string, known: boolean) => {
    const some = of(state);
    return some.length === 0
      ? nothing
      : html`<p>${words(some)} <button type="button" class="link" @click=${() => set(some, known)}>${button}</button></p>`;
  };
  return html`<section class="card layers" aria-label="What is not given">
    ${line("taken as none", () => html`What is not given is <b>taken as none</b>.`, "Make them not known", false)}
    ${line(
      "not known",
      (some) => html`<b class="unsure"><span aria-hidden="true">? </span>Not known</b>: ${listed(some)}.`,
      "There are none",
      true,
    )}
    ${fetchList(from, open, answers)}
    ${line("none", (some) => html`<b>None</b>: ${listed(some)}.`, "Make them not known", false)}
  </section>`;
}
