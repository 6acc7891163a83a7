// Measures the built Worker under workerd: its size, CPU for each request, and
// what 50 connections get. Figures hold R2 and the cache as miniflare has them,
// which are slower than Cloudflare's. Prints a table; decides nothing.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { start } from "./local.mjs";

const CONNECTIONS = 50;
const SECONDS = 5;
const SCENARIO = readFileSync(new URL("../../scenarios/kms/cross-account-both-sides.txtar", import.meta.url));
const TICKS = 100; // a second, in /proc on every Linux

const JSON_TYPE = { "content-type": "application/json" };
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

async function send(url, { method = "GET", path, headers, body }) {
  const sent = request(url + path(), { method, headers, agent }).end(body?.());
  const [response] = await once(sent, "response");
  let text = "";
  for await (const chunk of response) text += chunk;
  if (response.statusCode >= 400) throw new Error(`${response.statusCode}: ${text}`);
  return text;
}

/** The CPU seconds that workerd has used: it is this process's only child. */
function cpu() {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      if (Number(fields[1]) === process.pid)
        return { seconds: (Number(fields[11]) + Number(fields[12])) / TICKS, megabytes: (Number(fields[21]) * 4) / 1024 };
    } catch {
      // The process ended while we looked.
    }
  }
  throw new Error("workerd is not running");
}

async function oneByOne(url, kind, count = 400) {
  for (let i = 0; i < 20; i++) await send(url, kind);
  const before = cpu().seconds;
  for (let i = 0; i < count; i++) await send(url, kind);
  return ((cpu().seconds - before) / count) * 1000;
}

async function together(url, kind) {
  const times = [];
  const end = performance.now() + SECONDS * 1000;
  const person = async () => {
    for (let now = performance.now(); now < end; now = performance.now()) {
      await send(url, kind);
      times.push(performance.now() - now);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, person));
  times.sort((a, b) => a - b);
  return { rate: times.length / SECONDS, p99: times[Math.floor(times.length * 0.99)] };
}

function size() {
  const folder = new URL("dist/code/", import.meta.url);
  const files = readdirSync(folder).map((name) => readFileSync(new URL(name, folder)));
  const sum = (lengths) => lengths.reduce((a, b) => a + b, 0);
  return [sum(files.map((file) => file.length)), sum(files.map((file) => gzipSync(file, { level: 9 }).length))];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [raw, gzip] = size();
  console.log(`size            ${raw.toLocaleString("en")} bytes, gzip ${gzip.toLocaleString("en")}`);
  const { url, miniflare } = await start({ options: { ratelimits: {} } });
  const write = {
    method: "POST",
    path: () => "/api/links",
    headers: JSON_TYPE,
    body: () => JSON.stringify({ v: 1, kind: "private", box: randomBytes(3000).toString("base64url") }),
  };
  const ids = [];
  for (let i = 0; i < 450; i++) ids.push(JSON.parse(await send(url, write)).id);
  const kinds = {
    "read, cached": { path: () => `/api/links/${ids[0]}` },
    "read from R2": { path: () => `/s/${ids.pop()}` },
    write,
    evaluate: { method: "POST", path: () => "/api/evaluate", headers: { "content-type": "text/plain" }, body: () => SCENARIO },
  };
  for (const [name, kind] of Object.entries(kinds)) {
    const milliseconds = await oneByOne(url, kind);
    const crowd = name === "read from R2" ? undefined : await together(url, kind);
    const at50 = crowd ? `, ${Math.round(crowd.rate)} a second at ${CONNECTIONS} connections, p99 ${crowd.p99.toFixed(0)} ms` : "";
    console.log(`${name.padEnd(15)} ${milliseconds.toFixed(2)} ms CPU${at50}`);
  }
  console.log(`memory          ${Math.round(cpu().megabytes)} MB for all of workerd, after all that`);
  agent.destroy();
  await miniflare.dispose();
}
