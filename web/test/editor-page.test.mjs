// The editor in the built page, as a person uses it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { area, counted, editor, focusedCard, holds, more, paste, selected, selects, soon, start, until, value, verdict } from "./page.mjs";

const IDENTITY = "identity/app-inline.json";
const KEY = "resource.json";

const policy = (action) => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "${action}",
      "Resource": "*"
    }
  ]
}`;

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const card = (page, section) => page.locator(`policy-card[data-section="${section}"]`);

async function open(options) {
  const page = await site.open(options);
  await editor(page, IDENTITY);
  await verdict(page, /Denied/);
  return page;
}

/** Puts the caret behind a text of a section. */
async function caretBehind(page, section, text) {
  const all = await value(page, section);
  const at = all.indexOf(text) + text.length;
  await card(page, section).evaluate((element, offset) => element.showRange(offset, offset), at);
  await focusedCard(page, section);
}

test("typing changes the verdict; facts move with the text", async () => {
  const page = await open();
  await card(page, IDENTITY)
    .locator(".reason", { hasText: "Action does not list kms:Decrypt (it has “kms:Encrypt” and “kms:GenerateDataKey*”)" })
    .waitFor();
  await card(page, IDENTITY).locator(".miss", { hasText: "kms:Encrypt" }).first().waitFor();
  await caretBehind(page, IDENTITY, '"kms:Encrypt"');
  await page.keyboard.type(', "kms:Decrypt"');
  await verdict(page, /Allowed/);
  await card(page, IDENTITY).locator(".cm-line.hit.allow.decided").first().waitFor();
  await counted(page, `policy-card[data-section="${IDENTITY}"] .reason`, 0);
  await card(page, KEY).locator(".cm-line.hit.delegate").first().waitFor();
  await page.finish();
});

test("a Deny says why it matches, at the condition that holds", async () => {
  const page = await open();
  const deny =
    '{"Effect": "Deny", "Action": "*", "Resource": "*",\n"Condition": {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}}';
  await paste(page, IDENTITY, `{"Version": "2012-10-17", "Statement": [\n${deny}]}`);
  await verdict(page, /Denied by statement 1 of identity\/app-inline.json/);
  await card(page, IDENTITY)
    .locator(".reason", { hasText: "the request has no aws:MultiFactorAuthPresent, and BoolIfExists then matches" })
    .waitFor();
  await card(page, IDENTITY).locator(".held").getByText('"aws:MultiFactorAuthPresent": "false"', { exact: true }).waitFor();
  await page.finish();
});

test("a deciding statement is boxed, also where statements share a line", async () => {
  const page = await open();
  await paste(page, IDENTITY, policy("kms:Decrypt"));
  await verdict(page, /Allowed/);
  const boxed = card(page, IDENTITY).locator(".cm-line.decided");
  await boxed.first().waitFor();
  await soon(async () => assert.deepEqual(await boxed.allTextContents(), policy("kms:Decrypt").split("\n").slice(3, 8)));
  await paste(
    page,
    IDENTITY,
    '{"Version":"2012-10-17",\n"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}',
  );
  await card(page, IDENTITY).locator(".part.decided", { hasText: "kms:*" }).waitFor();
  await page.finish();
});

test("problems are underlined, listed and told", async () => {
  const page = await open();
  await paste(page, IDENTITY, '{\n  "Statement": [,]\n}');
  const wrong = card(page, IDENTITY).locator(".cm-content .error");
  await wrong.waitFor();
  assert.equal(await wrong.textContent(), ",");
  await soon(async () => assert.match(await area(page, IDENTITY).getAttribute("aria-description"), /^1 problem; F8/));
  await card(page, IDENTITY).locator(".problems button").first().click();
  await selects(page, IDENTITY, /^,$/);
  await page.keyboard.press("F8");
  await card(page, IDENTITY).locator(".cm-tooltip .note.error").waitFor();
  await page.keyboard.press("Escape");
  await card(page, IDENTITY).locator(".cm-tooltip .note.error").waitFor({ state: "detached" });
  await wrong.hover();
  await card(page, IDENTITY).locator(".cm-tooltip .note.error").waitFor();
  await page.finish();
});

test("a misspelt action is a hint, and no problem", async () => {
  const page = await open();
  await paste(page, IDENTITY, policy("kms:Decript"));
  const hint = card(page, IDENTITY).locator(".problems .hint", { hasText: "Did you mean kms:Decrypt?" });
  await hint.waitFor();
  await card(page, IDENTITY).locator(".cm-content .hint").getByText("kms:Decript", { exact: true }).waitFor();
  await verdict(page, /Denied/);
  await hint.getByRole("button").click();
  await selects(page, IDENTITY, /^kms:Decript$/);
  await page.keyboard.type("kms:Decrypt");
  await verdict(page, /Allowed/);
  await hint.waitFor({ state: "detached" });
  await page.finish();
});

test("Tab leaves the editor, and a line says so", async () => {
  const page = await open();
  await area(page, IDENTITY).click();
  const keys = card(page, IDENTITY).locator(".keys");
  await keys.getByText("Tab leaves the editor").waitFor();
  const before = await value(page, IDENTITY);
  await page.keyboard.press("Tab");
  await soon(async () => assert.equal(await selected(page, IDENTITY), undefined));
  assert.equal(await value(page, IDENTITY), before);
  await page.finish();
});

test("typing over the whole text is no inline style of the browser's", async () => {
  const page = await open();
  await area(page, IDENTITY).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("x");
  await page.keyboard.type("y");
  await holds(page, IDENTITY, "xy");
  // It looks for violations of the page's security policy.
  await page.finish();
});

test("completion puts names and actions in", async () => {
  const page = await open();
  await paste(page, IDENTITY, "");
  await area(page, IDENTITY).focus();
  const list = card(page, IDENTITY).locator(".cm-tooltip-autocomplete");
  const pick = async (typed, option) => {
    await page.keyboard.type(typed);
    await list.locator("li[aria-selected]", { hasText: option }).waitFor();
    // A list that has just opened does not take the key: it may be meant for the text.
    await until(page, () => new Promise((resolve) => setTimeout(() => resolve(true), 100)));
    await page.keyboard.press("Enter");
  };
  await pick('{"Sta', "Statement");
  await pick('"Eff', "Effect");
  await pick("", "Allow");
  await pick(', "Act', "Action");
  await pick("kms:Decry", "kms:Decrypt");
  await pick(', "Reso', "Resource");
  await pick("", "*");
  await holds(page, IDENTITY, '{"Statement": [{"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}]}');
  await verdict(page, /Allowed/);
  await page.finish();
});

test("a service is fetched when something names it, and once", async () => {
  const page = await open();
  const fetched = [];
  page.on("request", (request) => {
    const name = /catalogue\/([\w-]+)\.txt/.exec(request.url())?.[1];
    if (name) fetched.push(name);
  });
  await paste(page, IDENTITY, policy("dynamodb:GetItm"));
  const hint = card(page, IDENTITY).locator(".problems .hint", { hasText: "Did you mean dynamodb:GetItem?" });
  await hint.waitFor();
  await paste(page, IDENTITY, '{"Statement": {"Effect": "Allow", "Action": ""}}');
  await caretBehind(page, IDENTITY, '"Action": "');
  await page.keyboard.type("athena:StartQueryEx");
  const list = card(page, IDENTITY).locator(".cm-tooltip-autocomplete");
  await list.locator("li[aria-selected]", { hasText: "athena:StartQueryExecution" }).waitFor();
  assert.deepEqual(
    fetched.filter((name) => !["index", "aws", "kms"].includes(name)),
    ["dynamodb", "athena"],
  );
  assert.equal(new Set(fetched).size, fetched.length);
  await page.finish();
});

test("Ctrl+Z takes back typing, then the page's edit, then older typing", async () => {
  const page = await open();
  const compact = JSON.stringify(JSON.parse(policy("kms:Decrypt")));
  await paste(page, IDENTITY, compact);
  await verdict(page, /Allowed/);
  await caretBehind(page, IDENTITY, "kms:Decrypt");
  await more(page, "Identity-based policy app-inline", "Format");
  await until(page, (name) => document.querySelector(`policy-card[data-section="${name}"]`).section.text.includes("\n"), IDENTITY);
  const formatted = await page.evaluate((name) => document.querySelector(`policy-card[data-section="${name}"]`).section.text, IDENTITY);
  await holds(page, IDENTITY, formatted);
  // The caret stayed at its word.
  await card(page, IDENTITY)
    .locator("policy-editor")
    .evaluate((element) => element.focus());
  await focusedCard(page, IDENTITY);
  await page.keyboard.type("X");
  await holds(page, IDENTITY, formatted.replace("kms:Decrypt", "kms:DecryptX"));
  await page.keyboard.press("Control+z");
  await holds(page, IDENTITY, formatted);
  await page.keyboard.press("Control+z");
  await area(page, IDENTITY).getByText(compact).waitFor();
  await page.keyboard.press("Control+z");
  await until(page, (name) => document.querySelector(`policy-card[data-section="${name}"]`).section.text.includes("kms:Encrypt"), IDENTITY);
  await page.finish();
});

test("a statement is shown in the answer from its text", async () => {
  const page = await open();
  await page.evaluate(() => {
    globalThis.shown = [];
    document.addEventListener(
      "page-message",
      ({ message }) => message.kind === "show-row" && globalThis.shown.push([message.section, message.index]),
    );
  });
  await caretBehind(page, IDENTITY, '"Effect"');
  await page.keyboard.press("Control+Enter");
  await card(page, KEY).locator(".bars span", { hasText: "↦" }).click();
  const rows = [
    [IDENTITY, 0],
    [KEY, 0],
  ];
  await soon(async () => assert.deepEqual(await page.evaluate(() => globalThis.shown), rows));
  await page.finish();
});

test("the editor comes while one types in the text area", async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const page = await site.open({
    init: (p) =>
      p.route("**/editor-*.js", async (route) => {
        await held;
        await route.continue();
      }),
  });
  await verdict(page, /Denied/);
  const text = page.locator(`policy-card[data-section="${IDENTITY}"] textarea`);
  await text.evaluate((box) => {
    box.focus();
    const at = box.value.indexOf('"kms:Encrypt"');
    box.setSelectionRange(at, at);
  });
  await page.keyboard.type('"kms:Dec');
  release();
  await editor(page, IDENTITY);
  await focusedCard(page, IDENTITY);
  await page.keyboard.type('rypt", ');
  await verdict(page, /Allowed/);
  await page.finish();
});

test("without the editor's chunk the text areas work", async () => {
  const page = await site.open({ init: (p) => p.route("**/editor-*.js", (route) => route.abort()) });
  await verdict(page, /Denied/);
  await paste(page, IDENTITY, policy("kms:Decrypt"));
  await verdict(page, /Allowed/);
  await counted(page, "policy-editor", 0);
  await card(page, IDENTITY).locator(".backdrop .decided").first().waitFor({ state: "attached" });
  page.faults.splice(0, page.faults.length, ...page.faults.filter((fault) => !fault.includes("ERR_FAILED")));
  await page.finish();
});

/** Types at the end of a section, has its card drawn before the page has drawn what was typed, and gives what stands there then. */
const typedAndDrawn = (page, section, text) =>
  card(page, section).evaluate(async (element, more) => {
    const box = element.querySelector("textarea");
    const editor = element.querySelector("policy-editor");
    if (box) {
      box.value += more;
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    } else {
      const { view } = editor;
      view.dispatch({ changes: { from: view.state.doc.length, insert: more } });
      editor.requestUpdate();
      await editor.updateComplete;
    }
    element.requestUpdate();
    await element.updateComplete;
    return box ? element.querySelector("textarea").value : editor.view.state.doc.toString();
  }, text);

test("what is typed stands, whatever else is drawn before the page has it: in the editor and in the text box", async () => {
  const page = await open();
  const before = await value(page, IDENTITY);
  assert.equal(await typedAndDrawn(page, IDENTITY, "\n "), `${before}\n `);
  await holds(page, IDENTITY, `${before}\n `);
  await page.getByLabel("Plain text boxes").check();
  await card(page, IDENTITY).locator("textarea").waitFor();
  assert.equal(await typedAndDrawn(page, IDENTITY, " "), `${before}\n  `);
  await holds(page, IDENTITY, `${before}\n  `);
  await page.finish();
});

test("the plain text box is a choice", async () => {
  const page = await open();
  await page.getByLabel("Plain text boxes").check();
  await page.locator("policy-card textarea").first().waitFor();
  await counted(page, "policy-editor", 0);
  await paste(page, IDENTITY, policy("kms:Decrypt"));
  await verdict(page, /Allowed/);
  await page.getByLabel("Plain text boxes").uncheck();
  await editor(page, IDENTITY);
  await holds(page, IDENTITY, policy("kms:Decrypt"));
  await card(page, IDENTITY).locator(".cm-line.decided").first().waitFor();
  await page.finish();
});

test("a list of grants of 1 MiB can be pasted and edited", async () => {
  const page = await open();
  const grants = Array.from({ length: 3300 }, (_, i) => ({
    KeyId: "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    GrantId: `${i}`.padStart(64, "0"),
    GranteePrincipal: `arn:aws:iam::111122223333:role/role-${i}`,
    Operations: ["Decrypt"],
  }));
  for (const indent of [2, 0]) {
    const text = JSON.stringify({ Grants: grants }, null, indent);
    await paste(page, "grants.json", text);
    await card(page, "grants.json").locator(".status:not(.old)", { hasText: "0 of 3300 grants matched" }).waitFor();
    await area(page, "grants.json").focus();
    await focusedCard(page, "grants.json");
    await page.keyboard.press("Control+Home");
    await page.keyboard.type(" ");
    await until(
      page,
      (length) => document.querySelector('policy-card[data-section="grants.json"]').section.text.length === length,
      text.length + 1,
    );
    // It draws what is in sight, not all of it.
    await soon(async () => assert.ok((await card(page, "grants.json").locator(".cm-line").count()) < 500));
  }
  await page.finish();
});

test("narrow: long lines wrap, and the page does not scroll sideways", async () => {
  const page = await site.open({ viewport: { width: 320, height: 640 } });
  await verdict(page, /Denied/);
  // Where there is little room a policy begins as one line.
  await card(page, IDENTITY).getByRole("button", { expanded: false }).first().click();
  await editor(page, IDENTITY);
  await paste(page, IDENTITY, JSON.stringify(JSON.parse(policy(`kms:${"x".repeat(300)}`))));
  await card(page, IDENTITY).locator(".reason").waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.finish();
});
