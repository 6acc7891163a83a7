import { html, nothing, type TemplateResult } from "lit";
import type { Facts, Outcome, Said } from "../engine/contract";
import { fold } from "./fold";
import { outcomeView, wordView } from "../page/outcome-view";

/** The accounts, for the labels of the lanes. "" where one is not known. */
export interface Accounts {
  caller: string;
  resource: string;
}

// On the path there is little room. The full names stand below it.
const SHORT: Record<string, string> = {
  rcp: "RCP",
  scp: "SCP",
  endpoint: "Endpoint",
  resource: "Resource",
  trust: "Trust",
  identity: "Identity",
  boundary: "Boundary",
  session: "Session",
  scopedown: "Scope-down",
};

function shortLabel(said: Said): string {
  return said.label === "Key policy" ? said.label : (SHORT[said.type] ?? said.label);
}

interface Lane {
  side: Said["side"] | "all";
  label: string;
  said: readonly Said[];
}

/** One lane in one account; across accounts one for each side. */
function lanesOf(answer: Facts, accounts: Accounts): Lane[] {
  const across = answer.mode === "cross-account" && !answer.ways.some((way) => way.side === "same-account");
  if (!across) return [{ side: "all", label: "", said: answer.said }];
  const of = (side: Said["side"], label: string): Lane => ({ side, label, said: answer.said.filter((said) => said.side === side) });
  const owner = answer.service === "kms" ? "Key's account" : "Resource's account";
  const lanes = [
    of("caller", `Caller's account ${accounts.caller}`),
    of("network", "Network"),
    of("resource", `${owner} ${accounts.resource}`),
  ];
  return lanes.filter((lane) => lane.side !== "network" || lane.said.some((said) => said.said !== "absent"));
}

/** Where the line of a lane ends, and how. */
interface Break {
  at: number;
  /** "stopped" by an explicit deny, or "short" because an allow is missing. */
  kind: "stopped" | "short" | "";
}

const BREAKS: Record<Outcome, (said: Said) => Break["kind"]> = {
  allow: () => "",
  "implicit deny": (said) => (said.decided ? "short" : ""),
  "explicit deny": (said) => (said.said === "denies" ? "stopped" : ""),
  depends: () => "",
};

function breakOf(answer: Facts, lane: Lane): Break {
  const how = BREAKS[answer.outcome];
  const at = lane.said.findIndex((said) => how(said) !== "");
  const said = lane.said[at];
  return said ? { at, kind: how(said) } : { at: lane.said.length, kind: "" };
}

function node(said: Said, place: string): TemplateResult {
  const view = wordView(said.said);
  // Only the silence that decides has the colour of the verdict.
  const tone = said.said === "silent" && said.decided ? "silent" : view.tone;
  return html`<li class="${tone} ${said.decided ? "decided" : ""} ${place}">
    <span class="shape" aria-hidden="true"><span>${view.glyph}</span></span>
    <span class="name"
      ><b aria-hidden="true">${shortLabel(said)}</b><span class="hidden">${said.label}: </span><span class="word">${said.said}</span>
      ${said.decided ? html`<span class="tag">decides</span>` : nothing}</span
    >
  </li>`;
}

function laneState(answer: Facts, lane: Lane, stopped: boolean): TemplateResult | typeof nothing {
  if (stopped) return html`<b class="deny">✕ denies</b>`;
  const ways = answer.ways.filter((way) => way.side === lane.side);
  if (ways.length === 0) return nothing;
  if (ways.some((way) => way.open)) return html`<b class="allow">✓ way open</b>`;
  return ways.some((way) => way.unsure) ? html`<b class="unsure">? not known</b>` : html`<b class="silent">○ no way open</b>`;
}

function laneView(answer: Facts, lane: Lane, goesOn: boolean, end: TemplateResult | typeof nothing): TemplateResult {
  const { at, kind } = breakOf(answer, lane);
  const place = (i: number) => (i < at ? "" : i === at ? "break" : "past");
  return html`<div class="lane ${kind} ${goesOn ? "on" : ""}">
    ${lane.label === "" ? nothing : html`<h4 id="lane-${lane.side}">${lane.label.trim()} ${laneState(answer, lane, kind === "stopped")}</h4>`}
    <div class="track">
      <ol class="path" aria-labelledby=${lane.label === "" ? "said-title" : `lane-${lane.side}`}>
        ${lane.said.map((said, i) => node(said, place(i)))}
      </ol>
      ${end}
    </div>
  </div>`;
}

/** What each policy type said, as a path in the order in which AWS looks at them. */
export function saidPath(answer: Facts, accounts: Accounts, open: boolean): TemplateResult {
  const told = answer.said.filter((said) => said.said !== "absent" && said.said !== "not applicable" && said.detail !== "");
  const lanes = lanesOf(answer, accounts);
  const view = outcomeView(answer.outcome);
  const end = html`<p class="end ${view.tone}"><span class="badge" aria-hidden="true">${view.glyph}</span><b>${view.word}</b></p>`;
  // The lanes meet one after the other: a lane goes on if it, or one before it, does.
  const goesOn = lanes.map((_, i) => lanes.slice(0, i + 1).some((lane) => breakOf(answer, lane).kind !== "stopped"));
  const title = html`What each policy said ${lanes.length > 1 ? html`<span class="rule">Both sides must allow.</span>` : nothing}`;
  return fold(
    "said-title",
    title,
    open,
    html`<div class="said">
      <div class="lanes ${lanes.length > 1 ? "joined" : ""}">
        ${lanes.map((lane, i) => laneView(answer, lane, goesOn[i] ?? true, i === lanes.length - 1 ? end : nothing))}
      </div>
    </div>
    ${
      told.length === 0
        ? nothing
        : html`<dl class="details">
          ${told.map((said) => html`<div><dt>${said.label}</dt><dd>${said.detail}</dd></div>`)}
        </dl>`
    }`,
  );
}
