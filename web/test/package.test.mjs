// The package that npm pack makes, installed as somebody else would: in Node, in
// a page without a bundler, and in one with.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { launch } from "./page.mjs";

const web = fileURLToPath(new URL("..", import.meta.url));
const SCENARIO = readFileSync(new URL("../../engine/embed/testdata/checks.txtar", import.meta.url), "utf8");
const OUTCOMES = "implicit deny, allow, implicit deny";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };

const USE = `import { Engine } from "why403";
import type { Answer } from "why403";
export async function outcomes(text: string): Promise<string> {
  const { answers } = await new Engine().evaluate(text);
  return answers.map((answer: Answer) => answer.outcome).join(", ");
}
`;

let folder, browser, server, url;

/** Serves the folder, as any static host does. */
function serve() {
  server = createServer((request, response) => {
    try {
      const body = readFileSync(join(folder, new URL(request.url, "http://x").pathname));
      response.setHeader("content-type", TYPES[extname(new URL(request.url, "http://x").pathname)] ?? "text/plain");
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}/`)));
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "why403-package-"));
  execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: web });
  const packed = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  // It has no dependencies, so nothing is fetched.
  execFileSync("npm", ["install", "--offline", "--omit=dev", "--no-audit", "--no-fund", "--silent", join(folder, packed)], { cwd: folder });
  url = await serve();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
  if (folder) rmSync(folder, { recursive: true });
});

test("Node answers a scenario, with what AWS knows of its services", () => {
  writeFileSync(join(folder, "scenario.txtar"), SCENARIO);
  writeFileSync(
    join(folder, "run.js"),
    `import { Engine } from "why403";
import { readFileSync } from "node:fs";
const engine = new Engine();
const { answers, missing } = await engine.evaluate(readFileSync("scenario.txtar", "utf8"));
const { problems } = await engine.evaluate("no scenario");
const read = await engine.call("import", "{}\\nUser: arn:aws:iam::111122223333:user/a is not authorized to perform: sqs:SendMessage because no identity-based policy allows the sqs:SendMessage action");
console.log(JSON.stringify([answers.map((answer) => answer.outcome).join(", "), missing, problems.length > 0, read.text.includes("action: sqs:SendMessage")]));
`,
  );
  const printed = execFileSync(process.execPath, ["run.js"], { cwd: folder, encoding: "utf8" });
  assert.deepEqual(JSON.parse(printed), [OUTCOMES, [], true, true]);
});

test("its types are whole", () => {
  writeFileSync(join(folder, "use.ts"), USE);
  const tsc = join(web, "node_modules/typescript/bin/tsc");
  for (const resolution of [
    ["--module", "esnext", "--moduleResolution", "bundler"],
    ["--module", "nodenext", "--moduleResolution", "nodenext"],
  ])
    execFileSync(process.execPath, [tsc, "--noEmit", "--strict", "--target", "es2022", "--lib", "es2023,dom", ...resolution, "use.ts"], {
      cwd: folder,
      stdio: "inherit",
    });
});

test("a page without a bundler has the elements", async () => {
  const block = readFileSync(new URL("../../engine/embed/testdata/denied.html", import.meta.url), "utf8");
  const script = '<script type="module" src="node_modules/why403/npm/why403.js"></script>';
  const eager = block.replace("<why403-scenario ", '<why403-scenario loading="eager" ');
  writeFileSync(join(folder, "plain.html"), `<!doctype html><meta charset="utf-8"><title>Plain</title>${script}${eager}`);
  const page = await browser.newPage();
  await page.goto(`${url}plain.html`);
  await page.locator("why403-scenario .verdict", { hasText: "Denied" }).waitFor();
  await page.close();
});

test("a bundler finds the engine's files", async () => {
  writeFileSync(join(folder, "use.ts"), USE);
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html><meta charset="utf-8"><title>Bundled</title><p></p><script type="module">
import { outcomes } from "./use.ts";
outcomes(${JSON.stringify(SCENARIO)}).then((text) => document.querySelector("p").append(text));
</script>`,
  );
  await build({ configFile: false, root: folder, base: "./", logLevel: "error", build: { outDir: "bundled" } });
  const page = await browser.newPage();
  await page.goto(`${url}bundled/index.html`);
  await page.locator("p", { hasText: OUTCOMES }).waitFor();
  await page.close();
});
