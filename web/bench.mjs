// Times in Chromium what a visitor waits for: cold start and an edit, on a
// processor four times slower and a line of 9 Mbit/s. Prints a table.
import { chromium } from "playwright-core";
import { inOne, linkTo, policies, times } from "./test/heavy.mjs";
import { FLAGS } from "./test/page.mjs";
import { serve } from "./serve.mjs";

const RUNS = 5;
const SLOWER = 4;
const NETWORK = { offline: false, latency: 40, downloadThroughput: 9e6 / 8, uploadThroughput: 3e6 / 8 };
const EDITS = 20;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Slows the page and every worker that it starts. */
async function slow(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", NETWORK);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
}

async function cold(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const mark = (name, found) => {
      const look = () => (found() ? (globalThis[name] = performance.now()) : requestAnimationFrame(look));
      look();
    };
    mark("staticAt", () => document.querySelector("#static-examples .verdict, #static-examples .outcome, #static-examples strong"));
    mark("liveAt", () => document.querySelector('answer-view .verdict[aria-busy="false"] strong'));
  });
  await slow(page);
  await page.goto(url);
  await page.waitForFunction(() => globalThis.liveAt);
  const { staticAt, liveAt } = await page.evaluate(() => ({
    // It is painted with the first paint, or later if it came later.
    staticAt: Math.max(globalThis.staticAt, performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0),
    liveAt: globalThis.liveAt,
  }));
  return { page, context, staticAt, liveAt };
}

/** From the input event to the drawn answer: on a page at rest, or where one edit follows the other at once. */
async function edits(page, rest) {
  if (rest) await page.waitForLoadState("networkidle");
  return page.evaluate(
    async ({ count, rest }) => {
      const times = [];
      const input = document.querySelector(".action input");
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestIdleCallback(resolve)));
      for (let i = 0; i < count; i++) {
        if (rest) for (const _ of [1, 2, 3]) await frame();
        const begin = performance.now();
        input.value = i % 2 === 0 ? "kms:Encrypt" : "kms:Decrypt";
        input.dispatchEvent(new Event("input", { bubbles: true }));
        const wanted = i % 2 === 0 ? /Allowed/ : /Denied/;
        await new Promise((resolve) => {
          const look = () =>
            document.querySelector('.verdict[aria-busy="false"]') && wanted.test(document.querySelector(".verdict").innerText)
              ? resolve()
              : requestAnimationFrame(look);
          look();
        });
        times.push(performance.now() - begin);
      }
      return times;
    },
    { count: EDITS, rest },
  );
}

/** The largest scenarios that a link carries, of each kind. */
const HEAVY = {
  "600 policies": policies(600),
  "1,800 policies": policies(1800),
  "3,000 statements": inOne(times(3000, (i) => `${i === 0 ? "" : ","}{"Effect":"Allow","Action":"s3:Get${i}","Resource":"*"}`)),
  "a policy of one long line": inOne(`{"Effect":"Allow","Action":[${times(9000, (i) => `"sqs:A${i}",`)}"s3:*"],"Resource":"*"}`),
};

/** The longest that the page is busy at once, from the address to the answer and over one edit of the request. */
async function longestTask(browser, url, text) {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    globalThis.longest = 0;
    const note = (list) => list.getEntries().forEach(({ duration }) => (globalThis.longest = Math.max(globalThis.longest, duration)));
    new PerformanceObserver(note).observe({ type: "longtask", buffered: true });
  });
  await page.goto(url + linkTo(text));
  const verdict = page.locator('.verdict[aria-busy="false"]', { hasText: /Denied|Allowed/ });
  await verdict.waitFor();
  await page.waitForLoadState("networkidle");
  await page.getByLabel("Action", { exact: true }).fill("s3:ListBucket");
  await page.locator('.verdict[aria-busy="false"]', { hasText: /Allowed|s3:ListBucket/ }).waitFor();
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  const longest = await page.evaluate(() => globalThis.longest);
  await page.close();
  return longest;
}

const { server, url } = await serve(0);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
const first = { staticAt: [], liveAt: [], flood: [], edit: [] };
for (let run = 0; run < RUNS; run++) {
  const { page, context, staticAt, liveAt } = await cold(browser, url);
  first.staticAt.push(staticAt);
  first.liveAt.push(liveAt);
  first.flood.push(median(await edits(page, false)));
  first.edit.push(median(await edits(page, true)));
  await context.close();
}
const row = (what, values) =>
  console.log(
    `${what.padEnd(44)} ${Math.round(median(values)).toString().padStart(6)} ms  (${Math.round(Math.min(...values))} to ${Math.round(Math.max(...values))})`,
  );
console.log(`Chromium, ${SLOWER}× slower processor, 9 Mbit/s, empty cache, ${RUNS} runs: median (least to most)`);
row("prerendered verdict visible", first.staticAt);
row("first live decision", first.liveAt);
row("edit to answer, page at rest", first.edit);
row("edit to answer, one after the other at once", first.flood);
console.log("the longest task of the page, for the largest scenarios of links (50 ms and less is not told)");
for (const [name, text] of Object.entries(HEAVY)) {
  const runs = [];
  for (let run = 0; run < 3; run++) runs.push(await longestTask(browser, url, text));
  row(name, runs);
}
await browser.close();
server.close();
