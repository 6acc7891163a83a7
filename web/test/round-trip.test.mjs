// Every scenario file comes back to the byte, and an edit changes nothing else.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import "../src/generated/wasm_exec.js";
import { load } from "./load.mjs";

const scenarios = fileURLToPath(new URL("../../scenarios", import.meta.url));
const files = readdirSync(scenarios, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith(".txtar"))
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .sort();

let engine, page;

before(async () => {
  page = await load(fileURLToPath(new URL("state.ts", import.meta.url)));
  const go = new globalThis.Go();
  const wasm = readFileSync(fileURLToPath(new URL("../dist/page.wasm", import.meta.url)));
  const { instance } = await WebAssembly.instantiate(wasm, go.importObject);
  go.run(instance);
  engine = globalThis.why403;
});

const opened = (text) => page.fromOpened(JSON.parse(engine.open(text)));

test("every scenario file comes back to the byte", () => {
  assert.ok(files.length > 200);
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    assert.equal(page.scenarioText(opened(text)), text, relative(scenarios, file));
  }
});

test("every section of every file has a kind and a place among the cards", () => {
  for (const file of files) {
    for (const section of opened(readFileSync(file, "utf8")).sections) {
      assert.notEqual(page.kindOf(section).type, "", `${relative(scenarios, file)}: ${section.name}`);
    }
  }
  for (const kind of page.SECTIONS) assert.ok(page.ORDER.includes(kind.type), `${kind.type} is not in the order of the cards`);
});

const WORLD = `Title
 with notes that stand as they were

-- request --
principal: arn:aws:sts::111122223333:assumed-role/app/i-0abc

  action: s3:GetObject
resource: arn:aws:s3:::reports/a
resource: arn:aws:s3:::reports/b
unknown: scp
-- want --
allow
-- entity/reports/policy.json --
{"Version": "2012-10-17", "Statement": []}

-- entity/reports --
arn: arn:aws:s3:::reports
tag/team: blue

encrypted-with: arn:aws:kms:us-east-1:111122223333:key/k
-- account/111122223333 --
-- account/111122223333/scp/1-root/all.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
-- error --
An error occurred (AccessDenied) when calling the GetObject operation: Access Denied
-- identity/a.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`;

test("order, empty lines and a last line without its end are kept", () => {
  for (const text of [WORLD, `${WORLD}\n`, WORLD.replace("Title\n", ""), WORLD.replace(/^Title[^]*?(?=-- request)/, "")]) {
    assert.equal(page.scenarioText(opened(text)), text);
  }
});

test("an edit changes its own lines alone", () => {
  const state = opened(WORLD);
  const id = (name) => state.sections.find((section) => section.name === name).id;
  const edited = (next) => page.scenarioText(next);
  assert.equal(
    edited(page.setText(state, id("entity/reports"), "arn: arn:aws:s3:::reports")),
    WORLD.replace(/\ntag\/team: blue\n\nencrypted-with.*/, ""),
  );
  assert.equal(edited(page.setText(state, id("error"), "x")), WORLD.replace(/An error occurred.*/, "x"));
  assert.equal(edited(page.setTitle(state, "Other")), WORLD.replace(/^Title\n.*\n/, "Other\n\nwith notes that stand as they were\n"));
  assert.equal(
    edited(page.setLines(state, [state.requests[0].lines[1].id], { value: "s3:PutObject" })),
    WORLD.replace("\n\n  action: s3:GetObject", "\naction: s3:PutObject"),
  );
  assert.equal(edited(page.renameFolder(state, "entity/reports", "the bucket")), WORLD.replaceAll("entity/reports", "entity/the-bucket"));
  assert.equal(edited(page.renameSection(state, id("identity/a.json"), "b")), WORLD.replace("identity/a.json", "identity/b.json"));
  assert.equal(
    edited(page.renameRequest(state, 0, "get")),
    WORLD.replace("-- request --", "-- request/get --").replace("-- want --", "-- want/get --"),
  );
  assert.equal(edited(page.removeFolder(state, "account/111122223333")), WORLD.replace(/-- account[^]*?(?=-- error)/, ""));
  assert.equal(
    edited(page.putText(state, "entity/reports/acl.json", "{}")),
    WORLD.replace("-- account/111122223333 --", "-- entity/reports/acl.json --\n{}\n-- account/111122223333 --"),
  );
});

test("a new entity stands behind the others, and its header before its policies", () => {
  const state = opened("T\n\n-- request --\nprincipal: a\naction: kms:Decrypt\nresource: *\n-- want --\nallow\n");
  const added = page.addEntity(state, 9001);
  assert.match(page.scenarioText(added), /resource: \*\n-- entity\/new --\narn:\n-- want --\nallow\n$/);
  assert.match(page.scenarioText(page.addEntity(added, 9002)), /-- entity\/new --\narn:\n-- entity\/new-2 --\narn:\n-- want --/);
  const without = page.putText(
    page.putText(state, "account/111122223333/scp/1-root/a.json", "{}"),
    "account/111122223333",
    "organization: o-1",
  );
  assert.match(page.scenarioText(without), /-- account\/111122223333 --\norganization: o-1\n-- account\/111122223333\/scp/);
});

test("a header is read and written line by line", () => {
  const text = "arn: arn:aws:s3:::b\n\ntag/a b: c: d\nalias:\nnothing";
  const lines = page.headerLines(text);
  assert.deepEqual(
    lines.map(({ at, key, value }) => [at, key, value]),
    [
      [0, "arn", "arn:aws:s3:::b"],
      [2, "tag/a b", "c: d"],
      [3, "alias", ""],
      [4, "nothing", ""],
    ],
  );
  for (const { at, key, value } of lines.slice(0, 3)) assert.equal(page.withHeaderLine(text, at, key, value), text);
  assert.equal(page.removeHeaderLine(text, 2), "arn: arn:aws:s3:::b\n\nalias:\nnothing");
  assert.equal(page.addHeaderLine("", "arn", "x"), "arn: x");
  assert.equal(page.addHeaderLine("arn: x\n", "account", ""), "arn: x\naccount:");
});

test("what is offered for a folder is what the engine reads there", () => {
  const state = opened(WORLD);
  const names = (folder, service = "") => page.offered(state, service, folder).map((offer) => page.nameForNew(state, offer));
  assert.deepEqual(names("entity/reports"), ["entity/reports/acl.json", "entity/reports/object-acl.json"]);
  assert.deepEqual(names("account/111122223333"), [
    "account/111122223333/scp/1-root/scp.json",
    "account/111122223333/scp/2-ou/scp.json",
    "account/111122223333/rcp/1-root/rcp.json",
  ]);
  for (const folder of ["", "entity/reports", "account/111122223333"]) {
    for (const name of names(folder)) {
      const codes = JSON.parse(engine.open(`${WORLD}\n-- ${name} --\n{}\n`)).problems.map((problem) => problem.code);
      assert.ok(!codes.some((code) => /-section$/.test(code) && code !== "duplicate-section"), `${name}: ${codes}`);
    }
  }
});
