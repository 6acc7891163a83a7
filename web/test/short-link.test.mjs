// Short links from the browser's side, against the server of ./build.sh serve.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { build } from "vite";
import { native } from "../../wasm/worker/test/native.mjs";

/** Builds a module as the page does, and loads it. */
async function load(entry) {
  const web = fileURLToPath(new URL("..", import.meta.url));
  const lib = { entry, formats: ["es"] };
  const [{ output }] = await build({ root: web, configFile: false, publicDir: false, logLevel: "warn", build: { write: false, lib } });
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}

const { createPrivate, createPublic, deleteLink, isPrivate, keepsShortLinks, openPrivate } = await load("src/share/short-link.ts");
const { decodeLink, encodeLink } = await load("src/links/link.ts");

const SCENARIO = readFileSync(new URL("../../scenarios/kms/cross-account-both-sides.txtar", import.meta.url), "utf8");
const LINK = encodeLink(SCENARIO, { engine: "1", outcomes: ["allow"] });

const folder = mkdtempSync(join(tmpdir(), "why403-short-"));
let server;
let site;
before(async () => {
  server = await native(folder);
  site = `${server.url}/`;
});
after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** The fragment that /s/ID leads to. */
const fragmentOf = ({ id, url }) => `#p=${id}.${new URL(url).hash.slice(1)}`;

test("a private link comes back as it was, and the server can't read it", async () => {
  const sent = [];
  const created = await createPrivate(LINK, site, (url, init) => {
    sent.push(init.body);
    return fetch(url, init);
  });
  const key = new URL(created.url).hash.slice(1);
  assert.match(key, /^[\w-]{43}$/);
  assert.ok(isPrivate(fragmentOf(created)));
  const opened = await openPrivate(fragmentOf(created), site);
  assert.equal(opened, LINK);
  assert.equal(decodeLink(opened).text, SCENARIO);

  const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
  assert.equal(kept.length, 1);
  for (const text of [...kept, ...sent]) {
    const { box } = JSON.parse(text);
    // The compressed scenario is in the link: neither it nor the key may show.
    for (const secret of ["111122223333", "444455556666", "arn:aws", LINK.slice(3, 40), key]) {
      assert.ok(!text.includes(secret), secret);
      assert.ok(!Buffer.from(box, "base64url").includes(secret), secret);
    }
  }
});

test("the same scenario has another box each time", async () => {
  const [a, b] = [await createPrivate(LINK, site), await createPrivate(LINK, site)];
  assert.notEqual(a.id, b.id);
  assert.notEqual(new URL(a.url).hash, new URL(b.url).hash);
});

test("a link with a wrong key or id says what to do", async () => {
  const [a, b] = [await createPrivate(LINK, site), await createPrivate(LINK, site)];
  const [good, other] = [fragmentOf(a), fragmentOf(b)];
  for (const bad of [good.slice(0, -1), `${good}x`, good.split(".")[0] + "." + other.split(".")[1], "#p=", "#p=../../x.y"]) {
    assert.equal((await openPrivate(bad, site)).error?.code, "key", bad);
  }
  assert.equal((await openPrivate(good.replace(a.id, "b".repeat(24)), site)).error.code, "no-such-link");
});

test("a public link is its publisher's own, and deleted with its token", async () => {
  const created = await createPublic(SCENARIO, site);
  const again = await createPublic(SCENARIO, site);
  assert.notEqual(again.id, created.id);
  assert.notEqual(again.deleteToken, created.deleteToken);
  assert.equal((await deleteLink({ ...created, deleteToken: "x" }, site)).error.code, "wrong-token");
  assert.equal(await deleteLink(created, site), undefined);
  assert.equal((await deleteLink(created, site)).error.code, "no-such-link");
});

test("the server's words come through, and where there are none, ours", async () => {
  assert.equal((await createPublic("no scenario", site)).error.code, "scenario");
  assert.equal((await createPrivate("x".repeat(64 * 1024), site)).error.code, "too-large");
  const answers = [
    () => Promise.reject(new TypeError("failed")),
    async () => new Response("<!doctype html>"),
    async () => Response.json(null),
    async () => Response.json({ id: 1 }),
  ];
  for (const ask of answers) {
    assert.equal((await createPrivate(LINK, site, ask)).error.code, "network");
    assert.equal((await openPrivate(`#p=${"b".repeat(24)}.${"A".repeat(43)}`, site, ask)).error.code, "network");
    assert.equal(await keepsShortLinks(site, ask), false);
  }
  assert.equal(await keepsShortLinks(site), true);
});

test("in a browser, a private link leads to the playground with its key, and a public one is read without script", async () => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const hidden = await createPrivate(LINK, site);
    const page = await browser.newPage();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    const arrived = page.waitForEvent("framenavigated", (frame) => frame.url() === `${site}${fragmentOf(hidden)}`);
    await page.goto(hidden.url, { waitUntil: "commit" });
    await arrived;
    const key = new URL(hidden.url).hash.slice(1);
    assert.ok(asked.every((url) => !url.split("#")[0].includes(key)));

    await page.goto(hidden.url.replace(/#.*/, "#short"));
    await page.getByText("The key is missing from this link").waitFor();

    const open = await createPublic(SCENARIO, site);
    const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await plain.goto(open.url);
    assert.match(await plain.locator(".why403-verdict").innerText(), /Allowed/);
    // Its style comes by a hash of the policy.
    assert.equal(await plain.locator("h1").evaluate((heading) => getComputedStyle(heading).lineHeight !== "normal"), true);
    assert.equal(decodeLink(await plain.getByRole("link", { name: "Open in why403" }).getAttribute("href")).text, SCENARIO);
    await plain.setViewportSize({ width: 320, height: 600 });
    assert.ok((await plain.evaluate("document.documentElement.scrollWidth")) <= 320);
  } finally {
    await browser.close();
  }
});
