import { html, type TemplateResult } from "lit";
import type { Layer } from "../engine/contract";
import { folderName, placed, type Kind } from "../scenario/sections";
import { tell, type Message } from "../state/messages";
import type { PageState } from "../state/page-state";

/** How what is known of a layer is said, and what a press says in its place. */
const WORDS: Record<Layer["state"], { words: string; turn: string; open: boolean }> = {
  "taken as none": { words: "none", turn: "Say it is not known", open: false },
  none: { words: "none", turn: "Say it is not known", open: false },
  "not known": { words: "not known", turn: "Say there is none", open: true },
  "no others": { words: "no others", turn: "Say it is not known", open: false },
  "others not known": { words: "others not known", turn: "Say there are no others", open: true },
};

/** True for a layer that stands in a folder; in the file itself ("") where there is no such folder. */
function standsIn(state: PageState, { in: folders }: Layer, folder: string): boolean {
  if (folder !== "") return folders.includes(folder);
  return !state.sections.some(({ name }) => folders.includes(placed(name).folder));
}

/** What the engine says of a kind of policy for the shown request, and the switch for it. */
export function layerState(
  from: EventTarget,
  state: PageState,
  layers: readonly Layer[],
  folder: string,
  kind: Kind,
): TemplateResult | undefined {
  const layer = layers.find((each) => each.name === kind.unknown && standsIn(state, each, folder));
  if (!layer) return undefined;
  const { name } = layer;
  const { words, turn, open } = WORDS[layer.state];
  const look = `layer ${open ? "unsure" : ""}`;
  const shown = `${open ? "? " : ""}${words}`;
  // Every key has a key policy, and every role a trust policy: it can only be given.
  if (layer.sure) return html`<span class=${look}>${shown}</span>`;
  const message: Message =
    folder === ""
      ? { kind: "layers", names: [name], known: open, given: layer.state === "no others" }
      : { kind: "folder-layer", folder, name, known: open };
  const of = folder === "" ? "" : ` of ${folderName(folder)}`;
  return html`<button
    type="button"
    class=${look}
    aria-label="${kind.label}${of}: ${words}. ${turn}"
    title=${turn}
    @click=${() => tell(from, message)}
  >${shown}</button>`;
}
