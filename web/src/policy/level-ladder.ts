import { html, nothing, type TemplateResult } from "lit";
import type { Level } from "../engine/contract";
import { levelOf, placed } from "../scenario/sections";
import type { Section } from "../state/page-state";
import { tell } from "../state/messages";

/** What the statements of a level did, as its word, shape and colour. */
const STATES = {
  denies: { glyph: "✕", tone: "deny" },
  "not known": { glyph: "?", tone: "unsure" },
  allows: { glyph: "✓", tone: "allow" },
  silent: { glyph: "○", tone: "silent" },
  "does not deny": { glyph: "✓", tone: "mute" },
  "not looked at": { glyph: "·", tone: "absent" },
} as const satisfies Record<Level["said"] | "not looked at", unknown>;

/** The levels of the organization from the root down to the account: an SCP has to allow at each. */
export function levelLadder(
  from: EventTarget,
  cards: readonly Section[],
  type: "scp" | "rcp",
  saidOf: (sections: readonly string[]) => Level["said"] | undefined,
): TemplateResult | typeof nothing {
  const own = cards.filter(({ name }) => placed(name).rest.startsWith(`${type}/`));
  const levels = new Map<number, Section[]>();
  for (const section of own) {
    const number = levelOf(section)?.number;
    if (number !== undefined) levels.set(number, [...(levels.get(number) ?? []), section]);
  }
  if (levels.size < 2) return nothing;
  const step = ([number, sections]: [number, Section[]]) => {
    const state = saidOf(sections.map(({ name }) => name)) ?? "not looked at";
    const { glyph, tone } = STATES[state];
    const [first] = sections;
    const show = () => first && tell(from, { kind: "show-place", section: first.name, start: 0, end: 0, line: 0 });
    return html`<li>
      <button type="button" @click=${show}>
        <span class="soft">${number}</span> ${first ? levelOf(first)?.name : ""} <b class=${tone}><span
          aria-hidden="true">${glyph} </span>${state}</b>
      </button>
    </li>`;
  };
  const word = type === "scp" ? "SCP levels: each has to allow" : "RCP levels: none may deny";
  return html`<section class="ladder" aria-label=${word}>
    <p class="label">${word}</p>
    <ol>${[...levels].sort(([a], [b]) => a - b).map(step)}</ol>
  </section>`;
}
