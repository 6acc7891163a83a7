// The parts of the editor that need no browser: what is offered where, and how a text set by the page becomes small changes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { parser } from "@lezer/json";
import { createServer } from "vite";

const vite = await createServer({
  root: fileURLToPath(new URL("..", import.meta.url)),
  configFile: false,
  appType: "custom",
  logLevel: "error",
  optimizeDeps: { noDiscovery: true },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
});
after(() => vite.close());

const [{ spotAt }, { shapeOf }, { offersAt }, { changesBetween }] = await Promise.all(
  ["spot", "shapes", "completion", "text-change"].map((name) => vite.ssrLoadModule(`/src/editor/${name}.ts`)),
);
const { parseService, prefixesIn } = await vite.ssrLoadModule("/src/engine/catalogue.ts");
const stored = (name) => readFileSync(new URL(`../public/catalogue/${name}.txt`, import.meta.url), "utf8");
const [versions, ...prefixes] = stored("index").trimEnd().split("\n");
/** The catalogue as it is when something has named these services. */
const DATA = {
  version: versions.split(" ")[0],
  prefixes,
  globalKeys: parseService(stored("aws")).keys,
  services: Object.fromEntries(["kms", "s3", "iam", "lambda"].map((prefix) => [prefix, parseService(stored(prefix))])),
};

/** The spot at the bar in the text. */
function spot(marked, kind = "identity") {
  const pos = marked.indexOf("|");
  const text = marked.replace("|", "");
  return spotAt(parser.parse(text), text, pos, shapeOf(kind));
}

/** What is offered at the bar in the text. */
function offered(marked, kind, service = "kms") {
  const found = spot(marked, kind);
  return found ? offersAt(found, DATA, service).map(({ label }) => label) : [];
}

test("names: those of the kind of document that are not there yet", () => {
  assert.deepEqual(offered('{"|"}', "resource"), ["Version", "Id", "Statement"]);
  assert.deepEqual(offered('{"|"}', "identity"), ["Version", "Statement"]);
  const statement = offered('{"Statement": [{"Effect": "Allow", "|"}]}', "identity");
  assert.deepEqual(statement, ["Sid", "Action", "NotAction", "Resource", "NotResource", "Condition"]);
  assert.ok(offered('{"Statement": {"|"}}', "resource").includes("NotPrincipal"));
  assert.ok(!offered('{"Statement": {"|"}}', "rcp").includes("NotPrincipal"));
  assert.ok(!offered('{"Statement": {"|"}}', "rcp").includes("NotAction"));
  assert.deepEqual(offered('{"Statement": {"Principal": {"|"}}}', "resource"), ["AWS", "Service", "Federated", "CanonicalUser"]);
  assert.ok(offered('[{"|"}]', "grant").includes("GranteePrincipal"));
  assert.ok(offered('{"Grants": [{"Constraints": {"|"}}]}', "grant").includes("EncryptionContextSubset"));
  assert.ok(offered('{"Grants": [{"|"}]}', "acl").includes("Permission"));
});

test("names in a text that is not finished", () => {
  for (const text of [
    '{"Statement": {"Effect": "Allow" "|"}}',
    '{"Statement": {"|" "Effect": "Allow"}}',
    '{"Statement": {"Effect": "Allow", |}}',
    '{"Statement": [{|',
  ]) {
    const labels = offered(text, "identity");
    assert.ok(labels.includes("Action"), text);
    assert.ok(!labels.includes("Version"), text);
  }
});

test("values", () => {
  assert.deepEqual(offered('{"Version": "|"}'), ["2012-10-17", "2008-10-17"]);
  assert.deepEqual(offered('{"Statement": {"Effect": |}}'), ["Allow", "Deny"]);
  assert.deepEqual(offered('{"Statement": {"Condition": {"BoolIfExists": {"aws:SecureTransport": "|"}}}}'), ["true", "false"]);
  assert.ok(offered('{"Grants": [{"Operations": ["Decrypt", "|"]}]}', "grant").includes("ReEncryptFrom"));
  for (const text of [
    '{"Statement": {"Action": "kms:De|"}}',
    '{"Statement": [{"NotAction": ["x", "|"]}]}',
    '{"Statement": {"Action": ["x" "|"]}}',
  ]) {
    const labels = offered(text);
    for (const wanted of ["kms:Decrypt", "s3:GetObject", "lambda:InvokeFunction", "kms:*", "ec2:*"])
      assert.ok(labels.includes(wanted), `${wanted} in ${text}`);
  }
});

test("an API operation offers the actions that it needs", () => {
  const text = '{"Statement": {"Action": "s3:ListObj|"}}';
  const of = (label) => offersAt(spot(text), DATA, "s3").filter((offer) => offer.label === label);
  assert.deepEqual(of("s3:ListObjectsV2"), [
    { label: "s3:ListObjectsV2", detail: "API operation: s3:ListBucket", inserts: "s3:ListBucket", boost: -10 },
  ]);
  assert.deepEqual(
    of("kms:ReEncrypt").map(({ inserts }) => inserts),
    ["kms:ReEncryptFrom", "kms:ReEncryptTo"],
  );
  assert.deepEqual(
    of("s3:GetObject").map(({ inserts }) => inserts),
    [undefined],
  );
});

test("condition operators and keys", () => {
  const operators = offered('{"Statement": {"Condition": {"|"}}}');
  for (const wanted of ["StringEquals", "ArnLikeIfExists", "ForAnyValue:StringLike", "ForAllValues:StringEqualsIfExists", "Bool", "Null"])
    assert.ok(operators.includes(wanted), wanted);
  assert.ok(!operators.includes("NullIfExists"));
  const keys = offered('{"Statement": {"Action": "s3:GetObject", "Condition": {"StringEquals": {"|"}}}}', "identity", "kms");
  for (const wanted of ["aws:PrincipalOrgID", "kms:ViaService", "s3:ExistingObjectTag/*"]) assert.ok(keys.includes(wanted), wanted);
  assert.ok(!keys.includes("lambda:FunctionArn"));
});

test("the text of a service", () => {
  const { actions, operations, keys } = DATA.services.s3;
  assert.equal(actions.PutObjectAcl.level, "Permissions management");
  assert.equal(actions.GetObject.level, "Read");
  for (const wanted of ["s3:ExistingObjectTag/*", "s3:AccessPointNetworkOrigin", "s3:BucketTag/*"])
    assert.ok(actions.GetObject.keys.includes(wanted), wanted);
  assert.ok(!actions.GetObject.keys.includes("s3:prefix"));
  assert.ok(actions.ListBucket.keys.includes("s3:prefix"));
  assert.deepEqual(operations.HeadObject, {
    always: ["s3:GetObject"],
    sometimes: ["s3:GetObjectVersion", "s3:GetObjectLegalHold", "s3:GetObjectRetention"],
  });
  assert.equal(keys["s3:max-keys"], "Numeric");
  assert.equal(keys["aws:TagKeys"], "String, several");
  for (const prefix of prefixes) {
    const service = parseService(stored(prefix));
    assert.ok(Object.keys(service.actions).length > 0, prefix);
    for (const [name, { level, keys: own }] of Object.entries(service.actions)) {
      assert.ok(level && own.every((key) => Object.hasOwn(service.keys, key)), `${prefix}:${name}`);
    }
  }
});

test("the services that a policy names", () => {
  assert.deepEqual(prefixesIn('{"Action": ["s3:Get*", "execute-api:Invoke"], "Condition": {"Bool": {"aws:SecureTransport": "x y:z"}}}'), [
    "s3",
    "execute-api",
    "aws",
  ]);
});

test("nothing is offered where nothing is known", () => {
  for (const text of ['{"Statement": {"Sid": "|"}}', '{"Statement": {"Effect": "Allow"|}}', '{"Foo": {"|"}}', "|"])
    assert.deepEqual(offered(text), [], text);
});

test("a text that the page sets is few changes", () => {
  const apply = (old, changes) =>
    [...changes].reverse().reduce((text, { from, to, insert }) => text.slice(0, from) + insert + text.slice(to), old);
  for (const [old, now, most] of [
    ['{"a":[1,2]}', '{\n  "a": [1, 2]\n}', 6],
    ["", "x", 1],
    ["abc", "", 1],
    ["aaa", "aaaa", 1],
    ['{"a": 1}', '{"a": 1, "b": 2}', 1],
    ["same", "same", 0],
    ["a b", "a  c", 1],
    ["\n a\n", "a", 2],
  ]) {
    const changes = changesBetween(old, now);
    assert.equal(apply(old, changes), now);
    assert.ok(changes.length <= most, `${changes.length} changes`);
  }
});
