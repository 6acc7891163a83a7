// The texts of AWS's services: what the engine and the editor know of actions
// and condition keys. Each is fetched when something needs it. The form is told
// in engine/catalogue/parse.go.

declare const __CATALOGUE_VERSION__: string;

/** How long a text may take. Without it there is an answer all the same. */
const PATIENCE_MS = 8000;

const texts = new Map<string, Promise<string | undefined>>();

/**
 * A text of the catalogue beside the engine at an address: that of a service,
 * by its prefix; "aws" for the global keys; "index" for the version and then a
 * prefix a line. Undefined where it can't be had: who asks next tries again.
 */
export function catalogueText(base: string, name: string): Promise<string | undefined> {
  const address = new URL(`catalogue/${name}.txt?v=${__CATALOGUE_VERSION__}`, base).href;
  const asked = texts.get(address);
  if (asked) return asked;
  const asking = fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS) })
    .then((response) => (response.ok ? response.text() : undefined))
    .catch(() => undefined)
    .then((text) => {
      if (text === undefined) texts.delete(address);
      return text;
    });
  texts.set(address, asking);
  return asking;
}

/** The lines of the index: the versions, then the prefixes of all services. */
export async function catalogueIndex(base: string): Promise<string[] | undefined> {
  return (await catalogueText(base, "index"))?.trimEnd().split("\n");
}

/** The texts of services, and the prefixes of those that can't be had. What is no service is in neither. */
export async function serviceTexts(base: string, prefixes: readonly string[]): Promise<{ texts: string[]; failed: string[] }> {
  if (prefixes.length === 0) return { texts: [], failed: [] };
  const index = await catalogueIndex(base);
  const wanted = index ? prefixes.filter((prefix) => index.includes(prefix)) : [...prefixes];
  const found = await Promise.all(wanted.map((prefix) => (index ? catalogueText(base, prefix) : undefined)));
  return { texts: found.filter((text) => text !== undefined), failed: wanted.filter((_, i) => found[i] === undefined) };
}
