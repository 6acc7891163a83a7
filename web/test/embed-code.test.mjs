// The HTML that the Share dialog gives must be what doctest accepts.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { load } from "./load.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));

function go(args, input) {
  const { status, stdout, stderr } = spawnSync("go", ["run", ...args], { cwd: root, input, encoding: "utf8" });
  return { status, stdout, stderr };
}

const SCENARIO = `A title with <b>, "quotes", {braces} and \`ticks\`

-- request/read --
principal: arn:aws:iam::111122223333:user/ann
action: sqs:ReceiveMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
-- request/send --
principal: arn:aws:iam::111122223333:user/ann
action: sqs:SendMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
-- identity/ann.json --
{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"},
  {"Sid": "No</script>", "Effect": "Deny", "Action": "sqs:SendMessage", "Resource": "*"}]}
`;

test("doctest takes the HTML of the Share dialog, and no longer once a verdict is changed", async () => {
  const { embedCode } = await load("src/share/embed-code.ts");
  const { encodeLink } = await load("src/links/link.ts");
  const evaluated = go(["./wasm/page", "evaluate"], SCENARIO);
  assert.equal(evaluated.status, 0, evaluated.stderr);
  const { answers, engine } = JSON.parse(evaluated.stdout);
  const link = encodeLink(SCENARIO, { engine, outcomes: answers.map((answer) => answer.outcome) });
  const code = embedCode({ title: SCENARIO.split("\n")[0], answers, link, site: "https://why403.example/" });
  assert.doesNotMatch(code, /<b>|No<\/script>/);
  const folder = mkdtempSync(join(tmpdir(), "why403-embed-"));
  try {
    writeFileSync(join(folder, "page.html"), code);
    const good = go(["./engine/cmd/why403", "doctest", folder]);
    assert.equal(good.status, 0, good.stdout + good.stderr);
    assert.match(good.stdout + good.stderr, /1 embedded scenario/);
    writeFileSync(join(folder, "page.html"), code.replace("✕ Denied (explicit deny):", "✓ Allowed:"));
    assert.notEqual(go(["./engine/cmd/why403", "doctest", folder]).status, 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
