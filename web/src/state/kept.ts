type Parts = Record<string, unknown> | null | undefined;

/**
 * A JSON value in which every part that is as it was is the old one, so that
 * what is drawn from it stands as it is.
 */
export function kept<T>(old: unknown, now: T): T {
  const [before, after] = [old as Parts, now as Parts];
  if (!before || !after || typeof before !== "object" || typeof after !== "object") return now;
  if (Array.isArray(before) !== Array.isArray(after)) return now;
  const keys = Object.keys(after);
  let same = keys.length === Object.keys(before).length;
  for (const key of keys) {
    after[key] = kept(before[key], after[key]);
    same &&= after[key] === before[key];
  }
  return same ? (old as T) : now;
}
