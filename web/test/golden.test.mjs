// Every scenario gives the same bytes from page.wasm as from the native engine.
// GOLDEN names a file of JSON lines {"file", "answer"} that the native side wrote.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import "../src/generated/wasm_exec.js";

const scenarios = fileURLToPath(new URL("../../scenarios", import.meta.url));
const wasm = fileURLToPath(new URL("../dist/page.wasm", import.meta.url));

async function engine() {
  const go = new globalThis.Go();
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), go.importObject);
  // The program never ends, so its promise is not awaited.
  go.run(instance);
  return globalThis.why403;
}

function files() {
  return readdirSync(scenarios, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".txtar"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Tells the engine of every service, as the page does of those that it needs. */
function tell(why403) {
  const folder = fileURLToPath(new URL("../dist/catalogue", import.meta.url));
  const names = readdirSync(folder).filter((name) => name.endsWith(".txt") && name !== "index.txt" && name !== "aws.txt");
  assert.ok(names.length > 400);
  for (const name of names) assert.deepEqual(JSON.parse(why403.service(readFileSync(join(folder, name), "utf8"))), { problem: "" }, name);
}

test("page.wasm answers every scenario byte for byte like the native engine", async (t) => {
  const golden = process.env.GOLDEN;
  assert.ok(golden, "set GOLDEN to the file of native answers; ./build.sh test does");
  const native = new Map(
    readFileSync(golden, "utf8")
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line))
      .map(({ file, answer }) => [file.replace(/^(.*\/)?scenarios\//, ""), answer]),
  );
  const why403 = await engine();
  tell(why403);
  const all = files();
  assert.ok(all.length > 0, "no scenarios found");
  for (const file of all) {
    const name = relative(scenarios, file).split(sep).join("/");
    assert.ok(native.has(name), `${name}: no native answer`);
    assert.equal(why403.evaluate(readFileSync(file, "utf8")), native.get(name), name);
  }
  assert.equal(native.size, all.length, "native answers and files differ in number");
  t.diagnostic(`${all.length} scenarios compared`);
});

test("a call that fails is an answer, and the next call works", async () => {
  const why403 = await engine();
  for (const text of ["", "-- request --\n", "x\n-- resource.json --\n{", "\u0000\ud800", "[".repeat(200_000)]) {
    assert.equal(typeof JSON.parse(why403.evaluate(text)), "object");
    assert.equal(typeof JSON.parse(why403.format(text)), "object");
    assert.equal(typeof JSON.parse(why403.open(text)), "object");
    assert.equal(typeof JSON.parse(why403.switchAccounts(text)), "object");
  }
  assert.notEqual(JSON.parse(why403.service("x")).problem, "");
});

// The tables were decided when the page was built, natively.
test("page.wasm answers the rows of the tables as their files say", async () => {
  const why403 = await engine();
  const table = (id) => JSON.parse(readFileSync(new URL(`../dist/tables/${id}.json`, import.meta.url), "utf8"));
  assert.equal(table("kms").rows.length, 42);
  for (const id of ["kms", "s3", "sts", "vpc-lattice-svcs"]) {
    const { rows, texts } = table(id);
    for (const row of rows) {
      const text = row.scenario.split(" ").map((place) => texts[Number(place)]);
      const [answer] = JSON.parse(why403.evaluate(text.join(""))).answers;
      assert.equal(answer.outcome, row.outcome, `${id} ${row.id}`);
      assert.deepEqual(answer.combination, { table: id, id: row.id });
    }
  }
});
