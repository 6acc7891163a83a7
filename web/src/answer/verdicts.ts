import type { Outcome } from "../engine/contract";

/** An outcome in words, with its shape. The same stand in what `why403 embed` writes. */
export const VERDICTS: Record<Outcome, string> = {
  allow: "✓ Allowed",
  "implicit deny": "○ Denied (implicit deny)",
  "explicit deny": "✕ Denied (explicit deny)",
  depends: "? Depends",
};
