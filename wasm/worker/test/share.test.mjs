// Short links as the page makes and opens them.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { native } from "./native.mjs";
import { chromium } from "../../../web/node_modules/playwright-core/index.mjs";
import { FLAGS } from "../../../web/test/page.mjs";

let folder;
let server;
let browser;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "why403-share-"));
  server = await native(folder);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
});
after(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(folder, { recursive: true });
});

async function open(url) {
  const page = await browser.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(url);
  return { page, faults };
}

const verdict = (page, pattern) => page.locator('.verdict[aria-busy="false"]', { hasText: pattern }).waitFor();

test("a private link opens with its key, and the store has no word of it", async () => {
  const { page, faults } = await open(server.url);
  await verdict(page, /Denied/);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: "Make a private link" }).click();
  const field = page.getByLabel("Short link", { exact: true });
  await field.waitFor();
  const link = await field.inputValue();
  assert.match(link, /\/s\/[a-z]{24}#[\w-]{43}$/);
  const stored = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.ok(stored.length > 0);
  for (const entry of stored) assert.doesNotMatch(readFileSync(join(entry.parentPath ?? entry.path, entry.name), "latin1"), /111122223333/);

  const other = await open(link);
  await verdict(other.page, /Denied/);
  const wrong = await open(`${server.url}/#p=${/[a-z]{24}/.exec(link)[0]}.${"A".repeat(43)}`);
  await verdict(wrong.page, /Denied/);
  await wrong.page.locator(".trouble", { hasText: "The key does not open this link" }).waitFor();

  await page.getByRole("button", { name: "Delete it again" }).click();
  await page.locator("short-links", { hasText: "Deleted." }).waitFor();
  assert.deepEqual([...faults, ...other.faults], []);
});

test("a published scenario has a page of its own, and opens live", async () => {
  const { page, faults } = await open(server.url);
  await verdict(page, /Denied/);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: "Publish" }).click();
  const field = page.getByLabel("Short link", { exact: true });
  await field.waitFor();
  const shown = await open(await field.inputValue());
  assert.match(await shown.page.locator("body").innerText(), /no identity-based policy allows/);
  await shown.page.getByRole("link", { name: /Open/ }).first().click();
  await verdict(shown.page, /Denied/);
  assert.deepEqual([...faults, ...shown.faults], []);
});

test("what is published has the stand-ins once they are chosen, and an earlier link says that it has not", async () => {
  const { page, faults } = await open(server.url);
  await verdict(page, /Denied/);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("button", { name: "Make a private link" }).click();
  await page.getByLabel("Short link", { exact: true }).waitFor();
  const own = await page.evaluate(() => document.querySelector("share-box").makeFile());
  await page.getByRole("button", { name: "Replace names" }).click();
  await page.getByRole("radio", { name: "the stand-ins" }).check();
  await page.getByLabel("Short link, with your own names").waitFor();
  await page.getByRole("button", { name: "Publish" }).click();
  const field = page.getByLabel("Short link, names replaced");
  await field.waitFor();
  const shown = await open(await field.inputValue());
  const text = await shown.page.locator("body").innerText();
  assert.match(text, /no identity-based policy allows/);
  const principal = /^principal: (.*)$/m;
  const redacted = await page.locator("redact-box pre").textContent();
  assert.ok(!text.includes(principal.exec(own)[1]));
  assert.ok(text.includes(principal.exec(redacted)[1]));
  assert.deepEqual([...faults, ...shown.faults], []);
});
