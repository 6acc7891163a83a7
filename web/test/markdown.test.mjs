// The answer as Markdown, and the difference that a fix makes: pure functions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { block, code, markdown, plain } = await load("src/answer/markdown.ts");
const { diff } = await load("src/answer/diff.ts");

const ANSWER = {
  mode: "same-account",
  outcome: "implicit deny",
  verdict: "No identity-based policy allows kms:*.",
  message: "User: arn:aws:iam::111122223333:user/a_b is not authorized",
  also: [],
  said: [
    { type: "identity", label: "Identity-based policy", side: "caller", said: "silent", detail: "0 of 1 statement matched", decided: true },
  ],
  waysRule: "One open way is enough.",
  ways: [
    { side: "same-account", title: "An identity-based policy allows it.", open: false, detail: "None does.", near: true },
    { side: "same-account", title: "The key policy names the caller.", open: true, detail: "", near: false },
  ],
  statements: [
    { section: "identity/app.json", index: 0, sid: "a|b", effect: "Allow", matched: false, decided: false, reason: "Action: none matches" },
  ],
  notEvaluated: [],
  checks: [{ action: "kms:Decrypt", resource: "arn:k", principal: "arn:p", why: "", outcome: "implicit deny", parts: [] }],
  decisive: 0,
  notes: [],
  possible: [],
};

const report = (change = {}) => ({
  title: "Why?",
  request: [{ key: "action", value: "kms:Decrypt" }],
  answer: ANSWER,
  sections: [{ name: "identity/app.json", text: '{"Version": "2012-10-17"}' }],
  link: "",
  ...change,
});

/** The cells of a row of a table, as GitHub splits it: a backslash keeps the next character. */
function cells(row) {
  const found = row.match(/(?:\\[!-/:-@[-`{-~]|[^|])+/g) ?? [];
  return found.map((cell) => cell.trim());
}

test("a report has its parts in their order", () => {
  const text = markdown(report({ link: "https://example.com/#s=AQA-_Z" }));
  const parts = [
    "# Why?",
    "| action | `kms:Decrypt` |",
    "**○ Denied (implicit deny):** No identity-based policy allows kms:\\*.",
    "> User: arn:aws:iam::111122223333:user/a\\_b is not authorized",
    "| Identity-based policy | silent **decides** | 0 of 1 statement matched |",
    "- ○ An identity-based policy allows it. None does. **Nearest.**",
    "- ✓ The key policy names the caller.",
    "| `identity/app.json` 1 `a\\|b` | Allow | Action: none matches |",
    '### `identity/app.json`\n\n```json\n{"Version": "2012-10-17"}\n```',
    "[Open this case](<https://example.com/#s=AQA-_Z>)",
  ];
  const places = parts.map((part) => text.indexOf(part));
  assert.ok(!places.includes(-1), `missing: ${parts[places.indexOf(-1)]}`);
  assert.deepEqual(
    places,
    [...places].sort((a, b) => a - b),
  );
});

test("what is empty has no heading, and no link is no line", () => {
  const answer = { ...ANSWER, message: "", ways: [], statements: [], said: [] };
  const text = markdown(report({ answer, sections: [] }));
  assert.ok(!/^##|^>|Open this case/m.test(text), text);
});

test("no text breaks out of its cell", () => {
  for (const value of ["a|b", "a\\|b", "a\\\\|b", "``` | `", "line\nline | two", "\\", "`", "", "<b>|</b>", "[x](y)|"]) {
    for (const write of [plain, code]) {
      const row = `| key | ${write(value)} | end |`;
      assert.equal(row.split("\n").length, 1, value);
      assert.equal(cells(row).length, 3, `${write.name}: ${row}`);
      assert.equal(cells(row).at(-1), "end");
    }
  }
});

test("text is shown as it is: no emphasis, no tags, no links, no headings", () => {
  assert.equal(plain("*a* _b_ <c> [d](e) `f` #g $h"), "\\*a\\* \\_b\\_ \\<c\\> \\[d\\](e) \\`f\\` \\#g \\$h");
  assert.equal(code("a`b"), "``a`b``");
  assert.equal(code("`a`"), "`` `a` ``");
});

test("a fence is longer than any run of backticks in the policy", () => {
  const policy = '{"Sid": "````"}\n```\nnot code';
  const text = block(policy, "json");
  assert.equal(text, `\`\`\`\`\`json\n${policy}\n\`\`\`\`\``);
  assert.ok(markdown(report({ sections: [{ name: "resource.json", text: policy }] })).includes(text));
});

const shown = (kind, lines) => lines.filter((line) => line.kind === kind).map((line) => line.text);

test("a difference holds the changed lines and a few around them", () => {
  const old = ["{", '  "a": 1,', '  "b": 2,', '  "c": 3', "}"].join("\n");
  const { first, lines } = diff(old, old.replace('"c": 3', '"c": 3,\n  "d": 4'));
  assert.equal(first, 2);
  assert.deepEqual(shown("removed", lines), ['  "c": 3']);
  assert.deepEqual(shown("added", lines), ['  "c": 3,', '  "d": 4']);
  assert.deepEqual(shown("same", lines), ['  "a": 1,', '  "b": 2,', "}"]);
});

test("lines that stay are not shown as replaced, and those far from a change are left out", () => {
  const inner = Array.from({ length: 9 }, (_, i) => `    "${i}": ${i}`);
  const { lines } = diff(["a", "{", ...inner, "}"].join("\n"), ["a", "[{", ...inner, "}]"].join("\n"));
  const signs = { same: " ", removed: "-", added: "+", gap: "~" };
  assert.equal(lines.map(({ kind }) => signs[kind]).join(""), " -+  ~  -+");
});

test("in a changed line the change is marked, whole characters only", () => {
  const [removed, added] = diff('{"Action": ["a"]}', '{"Action": ["a", "b"]}').lines;
  assert.equal(removed.text.slice(removed.from, removed.to), "");
  assert.equal(added.text.slice(added.from, added.to), ', "b"');
  // Two emoji that share their first half.
  const [, smile] = diff("x😀y", "x😁y").lines;
  assert.equal(smile.text.slice(smile.from, smile.to), "😁");
});

/** Puts a difference back onto the old text. */
function patched(old, { first, lines }) {
  const all = old === "" ? [] : old.split("\n");
  const kept = lines.filter((line) => line.kind !== "removed").map((line) => line.text);
  const covered = lines.filter((line) => line.kind !== "added").length;
  all.splice(first - 1, covered, ...kept);
  return all.join("\n");
}

test("a difference turns the old text into the new one", () => {
  const texts = ["", "a", "a\nb", "b\na", "a\na\na", "a\nb\nc\nd\ne\nf", "a\nb\nX\nd\ne\nf", "f\ne", "a\n\na"];
  for (const old of texts) for (const now of texts) assert.equal(patched(old, diff(old, now)), now, JSON.stringify([old, now]));
});

test("the checks of a call, parts of a pattern, notes and what else may be asked", () => {
  const first = {
    action: "s3:GetObject",
    resource: "arn:b/*",
    principal: "arn:p|q",
    why: "",
    outcome: "allow",
    parts: [
      { resource: "arn:b/a|b", outcome: "allow" },
      { resource: "arn:b/", outcome: "implicit deny" },
    ],
  };
  const second = { ...ANSWER.checks[0], why: "S3 asks *KMS*" };
  const answer = {
    ...ANSWER,
    checks: [first, second],
    decisive: 1,
    notes: [{ message: "It is an <operation>." }],
    possible: [
      { if: "it is a | b", action: "kms:Decrypt", outcome: "", why: "" },
      { if: "there is none", action: "s3:ListBucket", outcome: "explicit deny", why: "with it S3 answers 404" },
    ],
  };
  const text = markdown(report({ answer }));
  assert.match(text, /\n## What this call asks\n\n\| Check \| Action \| Resource \| Who \| Outcome \| Why \|\n/);
  assert.ok(
    text.includes(
      "| 1 | `s3:GetObject` | `arn:b/*` | `arn:p\\|q` | ✓ Allowed |  |\n| 2 | `kms:Decrypt` | `arn:k` | `arn:p` | ○ Denied (implicit deny) **decides** | S3 asks \\*KMS\\* |",
    ),
    text,
  );
  assert.ok(text.includes("| `arn:b/a\\|b` | ✓ Allowed |\n| `arn:b/` | ○ Denied (implicit deny) |"), text);
  assert.ok(text.includes("\n- It is an \\<operation\\>.\n"), text);
  assert.ok(text.includes("\nIf it is a \\| b, AWS also asks for `kms:Decrypt`.\n"), text);
  assert.ok(text.includes("\nIf there is none, AWS also asks for `s3:ListBucket`: explicit deny (with it S3 answers 404).\n"), text);
  // A call that is allowed is allowed by all of its checks.
  assert.ok(!markdown(report({ answer: { ...answer, outcome: "allow", decisive: 0, said: [] } })).includes("**decides**"));
});
