// The two servers that the tests ask the same of: the native one over a folder,
// and the Worker under workerd over R2.
import { start } from "../local.mjs";
import { native } from "./native.mjs";

// The tests send more than one person may.
async function workerd(folder) {
  const { url, miniflare } = await start({ folder, options: { ratelimits: {} } });
  return { url, stop: () => miniflare.dispose() };
}

export const SERVERS = { native, workerd };
