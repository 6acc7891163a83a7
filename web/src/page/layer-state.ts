import { html, type TemplateResult } from "lit";
import type { Layer } from "../engine/contract";
import { headerLines } from "../scenario/header-lines";
import { isPresent } from "../scenario/scenario-text";
import { folderName, kindOf, placed, type Kind } from "../scenario/sections";
import { wordsOf } from "../state/edits";
import { tell, type Message } from "../state/messages";
import { activeRequest, type PageState } from "../state/page-state";

/** What is known of the policies of a kind beyond those that are given. */
interface Known {
  /** True where some are given. */
  given: boolean;
  /** True where it is not known whether there are any, or others. */
  open: boolean;
  /** True where the engine says so of the shown request. */
  asked: boolean;
}

/** In a folder, or in the file itself (""); undefined where no such policy would stand there for the shown request. */
function knownOf(state: PageState, layers: readonly Layer[], folder: string, kind: Kind): Known | undefined {
  const of = (name: string) => placed(name).folder;
  const there = new Set(state.sections.map(({ name }) => of(name)));
  const stands = (layer: Layer) => (folder === "" ? !layer.in.some((name) => there.has(name)) : layer.in.includes(folder));
  const layer = layers.find((each) => each.name === kind.unknown && stands(each));
  const given = state.sections.some((section) => of(section.name) === folder && kindOf(section).type === kind.type && isPresent(section));
  if (kind.unknown === "" || (folder === "" && !given && !layer)) return undefined;
  const header = state.sections.find(({ name }) => name === folder)?.text ?? "";
  const words = wordsOf(folder === "" ? activeRequest(state).lines : headerLines(header), "unknown");
  const said = words.includes(kind.unknown) || (!given && words.includes("*"));
  return { given, open: layer && !given ? layer.state === "not known" : said, asked: layer !== undefined };
}

/** Says whether there are more policies of a kind, and switches it. */
export function layerState(
  from: EventTarget,
  state: PageState,
  layers: readonly Layer[],
  folder: string,
  kind: Kind,
): TemplateResult | undefined {
  const known = knownOf(state, layers, folder, kind);
  if (!known) return undefined;
  const { given, open, asked } = known;
  const name = kind.unknown;
  const message: Message =
    folder === "" ? { kind: "layers", names: [name], known: open } : { kind: "folder-layer", folder, name, known: open, asked };
  const words = given ? (open ? "others not known" : "no others") : open ? "not known" : "none";
  const turn = open ? (given ? "Say there are no others" : "Say there is none") : "Say it is not known";
  const of = folder === "" ? "" : ` of ${folderName(folder)}`;
  return html`<button
    type="button"
    class="layer ${open ? "unsure" : ""}"
    aria-label="${kind.label}${of}: ${words}. ${turn}"
    title=${turn}
    @click=${() => tell(from, message)}
  >${open ? "? " : ""}${words}</button>`;
}
