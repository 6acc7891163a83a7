import { html, nothing, type TemplateResult } from "lit";
import type { Layer, Open } from "../engine/contract";
import type { CommandAnswers } from "../state/drafts";
import { tell } from "../state/messages";
import { fetchList } from "./fetch-list";

function listed(layers: readonly Layer[]): string {
  const nouns = [...new Set(layers.map(({ noun }) => noun))];
  return nouns.length < 2 ? nouns.join("") : `${nouns.slice(0, -1).join(", ")} and ${nouns.at(-1)}`;
}

/** The states of what is given: the cards say whether there are others. */
const GIVEN: readonly Layer["state"][] = ["no others", "others not known"];

/**
 * What is not given of what could count for the request: taken as none, none, or
 * not known, once for all of it. `next` is the id of the command that the
 * diagnosis has, "" where there is none on the page.
 */
export function layerBar(
  from: EventTarget,
  layers: readonly Layer[],
  open: readonly Open[],
  answers: CommandAnswers,
  next = "",
): TemplateResult | typeof nothing {
  const of = (state: Layer["state"]) => layers.filter((layer) => layer.state === state);
  // There can't be none of what AWS has for every such resource.
  const set = (some: readonly Layer[], known: boolean) => {
    const names = some.filter(({ sure }) => !known || !sure).map(({ name }) => name);
    return names.length === 0 ? nothing : () => tell(from, { kind: "layers", names, known });
  };
  const line = (state: Layer["state"], words: (some: readonly Layer[]) => TemplateResult, button: string, known: boolean) => {
    const some = of(state);
    const press = set(some, known);
    const all = press === nothing ? nothing : html` <button type="button" class="link" @click=${press}>${button}</button>`;
    return some.length === 0 ? nothing : html`<p>${words(some)}${all}</p>`;
  };
  const rows = fetchList(from, open, answers, new Set(layers.filter(({ sure }) => sure).map(({ name }) => name)), next);
  if (rows === nothing && layers.every(({ state }) => GIVEN.includes(state))) return nothing;
  return html`<section class="card layers" aria-label="What is not given">
    ${line("taken as none", () => html`What is not given is <b>taken as none</b>.`, "Make them not known", false)}
    ${line(
      "not known",
      // Where each has a row below, that says its name.
      (some) =>
        html`<b class="unsure"><span
          aria-hidden="true">? </span>Not known</b>${rows === nothing ? html`: ${listed(some)}.` : " yet. What prints each:"}`,
      "There are none",
      true,
    )}
    ${rows}
    ${line("none", (some) => html`<b>None</b>: ${listed(some)}.`, "Make them not known", false)}
  </section>`;
}
