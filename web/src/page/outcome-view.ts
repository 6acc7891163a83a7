import { html, type TemplateResult } from "lit";
import type { Outcome, Word } from "../engine/contract";

/** How an outcome looks: a word, a shape and the name of its colour. */
export interface OutcomeView {
  word: string;
  glyph: string;
  tone: "allow" | "silent" | "deny" | "unsure";
  kind: string;
}

const OUTCOMES: Record<Outcome, OutcomeView> = {
  allow: { word: "Allowed", glyph: "✓", tone: "allow", kind: "" },
  "implicit deny": { word: "Denied", glyph: "○", tone: "silent", kind: "implicit deny: an allow is missing" },
  "explicit deny": { word: "Denied", glyph: "✕", tone: "deny", kind: "explicit deny: a statement denies it" },
  depends: { word: "Depends", glyph: "?", tone: "unsure", kind: "not all is known" },
};

/** How an outcome looks. */
export function outcomeView(outcome: Outcome): OutcomeView {
  return OUTCOMES[outcome];
}

const WORDS: Record<Word, { glyph: string; tone: string }> = {
  allows: { glyph: "✓", tone: "allow" },
  delegates: { glyph: "↦", tone: "delegate" },
  denies: { glyph: "✕", tone: "deny" },
  silent: { glyph: "○", tone: "mute" },
  absent: { glyph: "–", tone: "absent" },
  "not applicable": { glyph: "·", tone: "absent" },
  "not known": { glyph: "?", tone: "unsure" },
};

/** How the word of one policy type looks. */
export function wordView(word: Word): { glyph: string; tone: string } {
  return WORDS[word];
}

/** A sentence with one of its words, such as the action, set as code. */
export function withCode(sentence: string, code: string): TemplateResult {
  const parts = code.length > 2 ? sentence.split(code) : [sentence];
  return html`${parts.map((part, i) => (i === 0 ? part : html`<code>${code}</code>${part}`))}`;
}
