// Opens the sites of web/recipes as a reader would, without script and with it,
// and tests them with doctest as their author would. RECIPES names a folder
// with the sites as the real generators built them (./build.sh recipes does);
// without it the pages are those that web/recipes/built keeps of them.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { kept, keptSite, RECIPES, sources } from "../recipes/recipes.mjs";
import { serve } from "../serve.mjs";
import { FLAGS } from "./page.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css" };

/** The address in the recipes of a playground on another origin, and the path of one on the same. */
const OTHER = "https://why403.example/";
const PATH = "/why403/";

const NO_SCRIPT = { javaScriptEnabled: false };

let folder, why403, playground, browser, plain;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "recipes-"));
  why403 = join(folder, "why403");
  execFileSync("go", ["build", "-o", why403, "./engine/cmd/why403"], { cwd: ROOT });
  playground = await serve(0);
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });
  await visit(RECIPES[0], "index.html", NO_SCRIPT, async (page) => (plain = await told(page)));
});

after(async () => {
  await browser.close();
  await stop(playground.server);
  rmSync(folder, { recursive: true });
});

function stop(server) {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
}

/** The folder with the site of a recipe. */
function site(recipe) {
  const to = join(folder, recipe.name);
  if (existsSync(to)) return to;
  if (process.env.RECIPES) cpSync(join(process.env.RECIPES, recipe.name), to, { recursive: true });
  else keptSite(recipe, to);
  return to;
}

/** The pages of a site that have scenarios. */
const pages = (recipe) =>
  readdirSync(site(recipe)).filter(
    (name) => name.endsWith(".html") && readFileSync(join(site(recipe), name), "utf8").includes("<why403-scenario"),
  );

/**
 * Serves a site. The playground has an address of its own here, so that goes
 * into the pages; what is below PATH comes from the playground, as behind a proxy.
 */
async function serveSite(root) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (pathname.startsWith(PATH)) {
      const answer = await fetch(playground.url + request.url.slice(PATH.length));
      response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") });
      return response.end(Buffer.from(await answer.arrayBuffer()));
    }
    const file = join(root, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    const bytes = readFileSync(file);
    return response.end(extname(file) === ".html" ? bytes.toString().replaceAll(OTHER, playground.url) : bytes);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, url: `http://127.0.0.1:${server.address().port}/` };
}

/** Opens a page of a site, shows it to `look`, and fails if it complained or asked elsewhere. */
async function visit(recipe, name, options, look) {
  const docs = await serveSite(site(recipe));
  const context = await browser.newContext(options);
  const faults = [];
  context.on("request", (request) => {
    const at = request.url();
    if (![docs.url, playground.url, "blob:", "data:"].some((start) => at.startsWith(start))) faults.push(`request to ${at}`);
  });
  context.on("weberror", (error) => faults.push(`error: ${error.error().message}`));
  context.on("console", (message) => {
    if (message.type() !== "error" && message.type() !== "warning") return;
    // Browsers ask for an icon that no recipe has.
    if (!message.location().url.endsWith("/favicon.ico")) faults.push(`console: ${message.text()} ${message.location().url}`);
  });
  const page = await context.newPage();
  try {
    await page.goto(docs.url + name.replace(/^index\.html$/, ""));
    await look(page);
  } catch (error) {
    faults.unshift(error.message);
  } finally {
    await context.close();
    await stop(docs.server);
  }
  assert.deepEqual(faults, []);
}

const squeeze = (text) => text.replace(/\s+/g, " ").trim();

/** What each static block of a page tells, paragraph by paragraph. */
const told = async (page) =>
  Promise.all(
    (await page.locator("why403-scenario").all()).map(async (block) =>
      (await block.locator("figcaption, dt, dd, p, li, th, td, pre").allTextContents()).map(squeeze),
    ),
  );

/** Runs doctest. Its exit code and what it printed, with the folder as ".". */
function doctest(root, documents) {
  const { status, stdout, stderr } = spawnSync(why403, ["doctest", "--root", root, documents], { encoding: "utf8" });
  return { status, text: (stdout + stderr).replaceAll(documents, ".") };
}

/** The documents of a folder that have scenarios, with the text of each. */
function documents(root) {
  return readdirSync(root, { recursive: true })
    .filter((name) => /\.(html|mdx?|rst)$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(root, name), "utf8") }))
    .filter(({ text }) => text.includes("<why403-scenario"));
}

/** The lines, from 1, at which a pattern begins. */
const lines = (text, pattern) => [...text.matchAll(pattern)].map(({ index }) => text.slice(0, index).split("\n").length);

// Quotes are written as HTML, JSX and React write them.
const SHOWN = /(<pre><code[^>]*>[^<]*?Action(?:"|\\"|&quot;): (?:"|\\"|&quot;))kms:Decrypt/g;

/** What an author could change and forget the page: how, where doctest must say so, and what. */
const CHANGES = [
  {
    what: "the expected outcome",
    document: (text) => text.replaceAll('expect="implicit deny"', 'expect="allow"'),
    at: /<why403-scenario src="[^"]*" expect="implicit deny"/g,
    says: "expects “allow”; the engine says “implicit deny”",
  },
  {
    what: "a policy on the page",
    document: (text) => text.replace(SHOWN, "$1kms:Encrypt"),
    at: SHOWN,
    says: "shows the policy",
  },
  {
    what: "a policy in the scenario file",
    scenario: (text) => text.replace('"Effect": "Allow"', '"Effect": "Deny"'),
    at: /<why403-scenario src="\/?reports\.txtar" expect="implicit deny"/g,
    says: "expects “implicit deny”; the engine says “explicit deny”",
  },
];

/** Makes a change in a copy, and tests that doctest finds each place of it. */
function change({ what, document = (text) => text, scenario = (text) => text, at, says }, original, files) {
  const copy = mkdtempSync(join(folder, "copy-"));
  cpSync(original, copy, { recursive: true });
  const root = join(copy, files);
  assert.equal(doctest(root, copy).status, 0);
  const file = join(root, "reports.txtar");
  writeFileSync(file, scenario(readFileSync(file, "utf8")));
  const places = [];
  for (const { name, text } of documents(copy)) {
    writeFileSync(join(copy, name), document(text));
    places.push(...lines(text, at).map((line) => `./${name}:${line}: ${says}`));
  }
  assert.notEqual(places.length, 0, `nothing to change for: ${what}`);
  const { status, text } = doctest(root, copy);
  assert.equal(status, 1, `${what}\n${text}`);
  for (const place of places) assert.ok(text.includes(place), `${what}: no “${place}” in\n${text}`);
}

// ./build.sh recipes builds all, or those that it is told to.
for (const recipe of RECIPES.filter(({ name }) => !process.env.RECIPES || existsSync(join(process.env.RECIPES, name)))) {
  describe(recipe.name, () => {
    test("a page reads the same as plain HTML does, without script", async () => {
      assert.ok(
        plain[0].some((text) => /Denied \(implicit deny\): The key policy delegates to IAM, .* does not allow kms:Decrypt\.$/.test(text)),
      );
      assert.ok(plain[0].includes("Action does not list kms:Decrypt"));
      for (const name of pages(recipe)) {
        await visit(recipe, name, NO_SCRIPT, async (page) => {
          assert.deepEqual(await told(page), plain);
          for (const verdict of await page.locator(".why403-verdict").all()) assert.ok(await verdict.isVisible());
        });
      }
    });

    test("the elements come alive and tell what stood there", async () => {
      assert.notEqual(pages(recipe).length, 0);
      for (const name of pages(recipe)) await visit(recipe, name, {}, alive);
    });

    test("doctest fails where the sources are no longer true", () => {
      for (const each of CHANGES) change(each, sources(recipe), recipe.files);
    });

    test("doctest fails where the built site is no longer true", () => {
      for (const each of CHANGES) change(each, site(recipe), ".");
    });

    test("files are small, and name no machine and no other site", () => {
      const files = readdirSync(sources(recipe), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
      for (const file of [kept(recipe), ...files.map((entry) => join(entry.parentPath, entry.name))]) {
        const text = readFileSync(file, "utf8");
        assert.ok(text.length < 40_000, file);
        const addresses = (text.match(/(https?:)?\/\/[a-z0-9.-]+/g) ?? []).filter(
          (address) => !/^https:\/\/(why403|docs)\.example$/.test(address),
        );
        assert.deepEqual(addresses, [], file);
        assert.doesNotMatch(text, /\/(home|root|tmp|work|Users)\//, file);
      }
    });
  });
}

/** Waits for each element of a page, and compares what it shows with what stood there. */
async function alive(page) {
  const all = page.locator("why403-scenario");
  assert.equal(await all.count(), 2);
  for (const element of await all.all()) {
    await element.scrollIntoViewIfNeeded();
    const handle = await element.elementHandle();
    await page.waitForFunction((scenario) => scenario.result, handle);
    const { result, block } = await handle.evaluate((scenario) => ({
      result: scenario.result,
      block: scenario.querySelector(".why403-verdict").textContent,
    }));
    assert.equal(result.met, true);
    assert.deepEqual(result.outcomes, ["implicit deny"]);
    assert.ok(result.verdict.length > 20 && squeeze(block).endsWith(squeeze(result.verdict)), `${result.verdict} is not ${block}`);
    await element.getByText(result.verdict).and(page.locator(":visible")).first().waitFor();
    assert.equal(await element.locator(".why403-verdict").isVisible(), false, "the live view takes the place of the static block");
  }
}
