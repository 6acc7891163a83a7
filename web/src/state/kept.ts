/**
 * A JSON value in which every part that is as it was is the old one, so that
 * what is drawn from it stands as it is.
 */
export function kept<T>(old: unknown, now: T): T {
  return share(old, now) as T;
}

function share(old: unknown, now: unknown): unknown {
  if (!isObject(old) || !isObject(now) || Array.isArray(old) !== Array.isArray(now)) return now;
  const keys = Object.keys(now);
  let same = keys.length === Object.keys(old).length;
  for (const key of keys) {
    now[key] = share(old[key], now[key]);
    same &&= key in old && now[key] === old[key];
  }
  return same ? old : now;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
