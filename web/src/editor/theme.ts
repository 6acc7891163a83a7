// How the editor looks. The colours are the page's custom properties, which
// reach into the shadow root; light and dark come with them.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const tone = (name: string, colour: string, background: string) => ({
  [`.cm-line.hit.${name}, .part.hit.${name}`]: { backgroundColor: `var(--${background})` },
  [`.decided.${name}, .bar.${name}`]: { "--tone": `var(--${colour})` },
  [`.bar.${name}`]: { backgroundColor: `var(--${background})` },
  [`.bars .bar.${name}`]: { color: `var(--${colour})`, boxShadow: "inset 3px 0 var(--tone)" },
});

const wavy = (colour: string, style: string) => ({
  textDecoration: `underline ${style} 1px var(--${colour})`,
  textUnderlineOffset: "4px",
  textDecorationSkipInk: "none",
});

const box = (...sides: string[]) => ({ boxShadow: sides.map((side) => `inset ${side} var(--tone)`).join(", ") });
const [left, right, top, bottom, thick] = ["1px 0", "-1px 0", "0 1px", "0 -1px", "5px 0"] as const;

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "transparent", maxHeight: "var(--editor-height, 60vh)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { font: "13px/1.55 var(--mono)", fontVariantLigatures: "none", overflow: "auto", overscrollBehavior: "auto" },
  // On paper the editor does not place them beside their lines.
  "@media print": { ".cm-gutters": { display: "none" } },
  ".cm-content": { padding: "10px 0 26px", minHeight: "62px", caretColor: "var(--ink)", minWidth: "0" },
  ".cm-line": { padding: "0 14px 0 8px" },
  ".cm-placeholder": { color: "var(--soft)", fontFamily: "var(--sans)" },
  ".cm-gutters": { backgroundColor: "transparent", border: "0", color: "var(--soft)" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "32px", padding: "0 6px 0 4px" },
  ".bars": { minWidth: "18px" },
  ".bars .cm-gutterElement": { textAlign: "center", fontWeight: "700" },
  ".bars span": { display: "block", cursor: "pointer" },
  ...tone("allow", "allow", "allow-bg"),
  ...tone("delegate", "accent", "accent-bg"),
  ...tone("unsure", "unsure", "unsure-bg"),
  ...tone("deny", "deny", "deny-bg"),
  ".bar.decided.top": box(top),
  ".bar.decided.bottom": box(bottom),
  ".bar.decided.top.bottom": box(top, bottom),
  ".bars .bar.decided": box(thick),
  ".bars .bar.decided.top": box(thick, top),
  ".bars .bar.decided.bottom": box(thick, bottom),
  ".bars .bar.decided.top.bottom": box(thick, top, bottom),
  ".cm-line.decided, .reason.decided": box(right),
  ".cm-line.decided.top": box(right, top),
  ".cm-line.decided.bottom": box(right, bottom),
  ".cm-line.decided.top.bottom": box(right, top, bottom),
  ".part.decided": { ...box(left, right, top, bottom), boxDecorationBreak: "clone" },
  ".held": { textDecoration: "underline 2px var(--deny)", textUnderlineOffset: "4px" },
  ".miss": wavy("mute", "wavy"),
  ".error": { ...wavy("deny", "wavy"), backgroundColor: "var(--deny-bg)" },
  ".warning": wavy("silent", "dashed"),
  ".hint": wavy("soft", "dotted"),
  ".reason": { padding: "0 14px 0 8px", color: "var(--mute)", whiteSpace: "pre-wrap", overflowWrap: "anywhere", userSelect: "none" },
  ".reason.unsure": { color: "var(--unsure)", backgroundColor: "var(--unsure-bg)" },
  ".reason.deny": { color: "var(--deny)", backgroundColor: "var(--deny-bg)" },
  ".reason.delegate": { color: "var(--accent)", backgroundColor: "var(--accent-bg)" },
  ".reason span:last-child": { font: "12.5px/1.6 var(--sans)" },
  "&.faded .hit, &.faded .bar, &.faded .reason": { filter: "grayscale(1)", backgroundColor: "transparent" },
  ".cm-matchingBracket": { backgroundColor: "transparent" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--edge)" },
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent" },
  ".cm-tooltip": {
    backgroundColor: "var(--card)",
    color: "var(--ink)",
    border: "1px solid var(--edge)",
    borderRadius: "6px",
    boxShadow: "0 6px 20px rgb(0 0 0 / 0.16)",
    maxWidth: "min(440px, 90vw)",
    zIndex: "3",
  },
  ".note": {
    margin: "0",
    padding: "5px 10px",
    font: "13px/1.45 var(--sans)",
    textDecoration: "none",
    backgroundColor: "transparent",
    overflowWrap: "anywhere",
  },
  ".note.error b": { color: "var(--deny)" },
  ".note.warning b": { color: "var(--silent)" },
  ".note.hint b": { color: "var(--soft)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "13px", maxHeight: "14em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "2px 10px", lineHeight: "1.5" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { background: "var(--ink)", color: "var(--paper)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": { font: "12.5px var(--sans)", color: "inherit", opacity: "0.8", marginLeft: "1em" },
  "@media (forced-colors: active)": {
    ".cm-line.decided, .reason.decided": { borderRight: "2px solid Highlight" },
    ".cm-line.decided.top": { borderTop: "2px solid Highlight" },
    ".cm-line.decided.bottom": { borderBottom: "2px solid Highlight" },
    ".bars .bar.allow, .bars .bar.deny, .bars .bar.delegate, .bars .bar.unsure": { borderLeft: "3px solid CanvasText" },
    ".bars .bar.decided": { borderLeftColor: "Highlight" },
    ".cm-tooltip-autocomplete ul li[aria-selected]": { forcedColorAdjust: "none", background: "Highlight", color: "HighlightText" },
  },
});

const colours = HighlightStyle.define([
  { tag: [tags.bracket, tags.separator, tags.punctuation], color: "var(--soft)" },
  { tag: tags.propertyName, fontWeight: "600" },
]);

/** The look of the text and of everything that floats over it. */
export const theme = [look, syntaxHighlighting(colours)];
