// The first minute: what a person begins with, what is brought, and a blank start.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { counted, editor, focused, paste, soon, start, until, verdict } from "./page.mjs";

let app;
before(async () => (app = await start()));
after(() => app.stop());

const ERROR =
  "An error occurred (AccessDeniedException) when calling the Decrypt operation: User: arn:aws:sts::111122223333:assumed-role/app/i-0abc " +
  "is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab " +
  "because no identity-based policy allows the kms:Decrypt action";
const POLICY = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::reports/*"}]}';

const file = (page) => page.evaluate(() => document.querySelector("share-box").makeFile());

/** Pastes a text where a selector says, as a browser tells of it. */
async function pasteInto(page, selector, text) {
  await page.locator(selector).evaluate((box, pasted) => {
    box.focus();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** Brings a text by the box on the page, and closes the dialog with Escape. */
async function bring(page, text) {
  await pasteInto(page, "#start-text", text);
  await page.getByRole("button", { name: "Use it", exact: true }).click();
  await page.getByText("On the page now.").waitFor();
  await page.keyboard.press("Escape");
}

test("a newcomer sees the box, three ways and a worked answer; a paste leads on to the next thing", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await page.getByRole("heading", { name: "Paste the error, a policy, or anything AWS printed" }).waitFor();
  await counted(page, ".ways-to-begin button", 3);
  await page.getByText("A worked answer to look at").waitFor();

  await bring(page, ERROR);
  await focused(page, "#answer");
  await page.locator("start-box .slim").waitFor();
  await counted(page, ".ways-to-begin", 0);
  const bar = page.locator("start-box .next-command");
  await bar.locator("code", { hasText: "aws " }).waitFor();

  // What can't be run stays said, after the next paste and after a reload, until it is taken back.
  const first = (await bar.locator("#next-command").innerText()).replace("Next: ", "");
  await bar.getByRole("button", { name: "I can't run this" }).click();
  const reach = page.locator(".diagnosis li", { hasText: first }).filter({ has: page.getByRole("button", { name: /I can run it/ }) });
  await reach.waitFor();
  await bring(page, POLICY);
  await reach.waitFor();
  await until(page, () => Object.keys(localStorage).some((key) => localStorage.getItem(key).includes('"denied"')));
  await page.reload();
  await page.locator("start-box .slim").waitFor();
  await reach.waitFor();
  await reach.getByRole("button").click();
  await reach.waitFor({ state: "detached" });
  await page.finish();
});

test("Ctrl+Enter does in the boxes what their buttons do", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  const typed = page.locator("#start-text");
  await typed.press("Control+Enter"); // an empty box has no button
  await typed.fill(ERROR);
  await typed.press("Control+Enter");
  const box = page.locator("import-box textarea");
  await soon(async () => assert.equal(await box.inputValue(), ERROR));
  await page.getByText("Recognised as").waitFor();
  await page.locator("import-box .main:enabled").waitFor();
  await box.press("Meta+Enter");
  await page.getByText("On the page now.").waitFor();
  await page.finish();
});

test("what the cards say of policies is no row of the request, and the next thing to fetch comes before what is possible", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await bring(page, ERROR);
  assert.match(await file(page), /^unknown: \*$/m);
  await page.getByText("Without a row a context key is not known.").waitFor();
  await counted(page, ".line", 0);
  const titles = () => page.locator(".diagnosis h4").allTextContents();
  await soon(async () => assert.deepEqual((await titles()).slice(0, 2), ["Fetch next", "Still possible"]));
  // A key among them has a row: no card says it.
  await page.getByRole("button", { name: "+ Context key" }).click();
  await page.keyboard.type("unknown");
  await page.getByLabel("Value of unknown").fill("aws:SourceIp");
  await page.locator(".ask input").first().focus();
  await counted(page, ".line", 1);
  await page.finish();
});

const LOCK =
  '{"Version":"2012-10-17","Statement":[{"Sid":"Lock","Effect":"Deny","NotAction":["iam:*","sts:*"],"Resource":"*",' +
  '"Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1"]}}}]}';

test("what a policy is attached to is guessed with the reason, and where nothing tells it a person chooses", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await pasteInto(page, "#start-text", POLICY);
  const use = page.getByRole("button", { name: "Use it", exact: true });
  await page.getByRole("radio", { name: "An identity-based policy of the caller", checked: true }).waitFor();
  await page.locator(".choices .why", { hasText: "most such policies are identity-based" }).waitFor();
  assert.equal(await use.getAttribute("aria-describedby"), null);
  await page.keyboard.press("Escape");

  // A Deny-only policy can be of two types.
  await pasteInto(page, "#start-text", LOCK);
  const why = page.locator(".choices .why.open", { hasText: "It only denies, as service control policies do" });
  await why.waitFor();
  assert.equal(await page.locator(".choices input:checked").count(), 0);
  assert.ok(await use.isDisabled());
  assert.equal(await use.getAttribute("aria-describedby"), await why.getAttribute("id"));
  await page.getByRole("radio", { name: /^A service control policy/ }).check();
  await page.getByText("Put beside it, as an assumption: FullAWSAccess").waitFor();
  await use.click();
  await page.getByText("On the page now.").waitFor();
  await page.keyboard.press("Escape");

  // Alone it would deny all; what else is attached is not known, so it allows nothing either.
  await verdict(page, "Depends");
  const text = await file(page);
  assert.match(text, /^unknown: \* scp$/m);
  assert.match(text, /^-- scp\/1-root\/pasted\.json --\n[^]*\n-- scp\/1-root\/FullAWSAccess\.json --$/m);
  await page.finish();
});

test("the first import starts clean, the next adds, and a person can start another", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await pasteInto(page, "#start-text", POLICY);
  await page.getByText("It starts a scenario of its own.").waitFor();
  await page.getByRole("button", { name: "Use it", exact: true }).click();
  await page.getByText("On the page now.").waitFor();
  await page.keyboard.press("Escape");
  await soon(async () => assert.match(await file(page), /reports/));
  assert.doesNotMatch(await file(page), /app-inline|kms:Decrypt|default key policy/i);

  await pasteInto(page, "#start-text", ERROR);
  const own = page.getByRole("checkbox", { name: /^Start a new scenario/ });
  await own.waitFor();
  assert.equal(await own.isChecked(), false);
  await own.check();
  await page.getByRole("button", { name: "Use it", exact: true }).click();
  await page.getByText("On the page now.").waitFor();
  await page.keyboard.press("Escape");
  await until(page, () => !document.querySelector("share-box").makeFile().includes("reports"));
  await page.finish();
});

test("a dialog that is opened again before it is told of its closing keeps what is in it", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  const late = (selector) => page.locator(selector).evaluate((dialog) => void dialog.dispatchEvent(new Event("close")));
  await pasteInto(page, "#start-text", POLICY);
  await page.getByText("It starts a scenario of its own.").waitFor();
  await late("import-box dialog");
  await page.evaluate(() => document.querySelector("import-box").updateComplete);
  assert.equal(await page.getByText("It starts a scenario of its own.").count(), 1);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /Open an example/ }).click();
  await page.locator("scenario-gallery .hits button").first().waitFor();
  await late("scenario-gallery dialog");
  await page.evaluate(() => document.querySelector("scenario-gallery").updateComplete);
  assert.ok((await page.locator("scenario-gallery .hits button").count()) > 0);
  await page.finish();
});

test("an opened example is nobody's case until it is changed", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await page.getByRole("button", { name: /Open an example/ }).click();
  await page.locator("scenario-gallery .hits button").first().click();
  await page.locator("start-box .slim").waitFor();
  await pasteInto(page, "#start-text", POLICY);
  await page.getByText("It starts a scenario of its own.").waitFor();
  await page.keyboard.press("Escape");
  await page.getByLabel("Action", { exact: true }).fill("s3:GetObject");
  await pasteInto(page, "#start-text", POLICY);
  await page.getByRole("checkbox", { name: /^Start a new scenario/ }).waitFor();
  await page.finish();
});

test("New and the two other ways give a blank scenario, which undo takes back", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await page.getByRole("button", { name: "New", exact: true }).click();
  await focused(page, "#start-text");
  await soon(async () => assert.doesNotMatch(await file(page), /Statement|111122223333/));
  await page.getByRole("button", { name: /^Undo/ }).click();
  await verdict(page, "Denied");
  await soon(async () => assert.match(await file(page), /app-inline/));
  await page.finish();

  const asking = await app.open();
  await verdict(asking, "Denied");
  await asking.getByRole("button", { name: /Start from a question/ }).click();
  await focused(asking, ".field.principal input");
  await soon(async () => assert.equal(await asking.getByLabel("Principal", { exact: true }).inputValue(), ""));
  await asking.finish();
});

test("what one presses on the first screen is at least 28 px high, and nothing scrolls sideways", async () => {
  const page = await app.open({ viewport: { width: 320, height: 700 } });
  await verdict(page, "Denied");
  const heights = () => page.locator("start-box button").evaluateAll((all) => all.map((each) => each.getBoundingClientRect().height));
  await soon(async () => {
    const all = await heights();
    assert.ok(all.length === 3 && all.every((height) => height >= 28), String(all));
  });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await bring(page, ERROR);
  await page.locator("start-box .next-command code").waitFor();
  const bar = await heights();
  assert.ok(bar.length > 0 && bar.every((height) => height >= 28), String(bar));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.finish();
});

test("after an error alone the answer begins with what AWS's words prove, and policies alone are no denial", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await bring(page, ERROR);
  const held = page.locator(".diagnosis .held");
  await held.getByText("AWS found no Allow in an identity-based policy.").waitFor();
  assert.match(await held.innerText(), /Denied\./);
  // A line that says what is not known has no value that could be empty.
  assert.equal(await page.getByText("the key is present with an empty value").count(), 0);

  // A policy without a request: nothing is denied, and the page says what to do.
  await page.getByRole("button", { name: "New", exact: true }).click();
  await bring(page, POLICY);
  await verdict(page, /Depends[^]*Say who asks, for which action and on what resource/);
  await counted(page, ".aws", 0);
  await counted(page, ".depends", 0);
  await page.finish();
});

test("there can't be none of a key policy or a role trust policy", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await bring(page, ERROR);
  const card = page.locator('policy-card[data-section="resource.json"]');
  await card.locator("span.layer", { hasText: "not known" }).waitFor();
  assert.equal(await card.getByRole("button", { name: /none/ }).count(), 0);
  // Of the others there are none at one press, and of the key policy nothing is said.
  await page.getByRole("button", { name: "There are none", exact: true }).click();
  await page.locator(".layers", { hasText: /None: .*SCP/ }).waitFor();
  assert.match(await file(page), /^none: (?!.*resource).*scp/m);
  await card.locator("span.layer", { hasText: "not known" }).waitFor();
  await page.finish();
});

test("what a text leaves open has fields in which an ARN can be read", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await pasteInto(
    page,
    "#start-text",
    'resource "aws_iam_role" "loader" {\n  name = "loader"\n  assume_role_policy = jsonencode({ Statement = [] })\n}\n',
  );
  const fields = page.locator("field-list input");
  await fields.first().waitFor();
  await soon(async () => {
    for (const box of await fields.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().width)))
      assert.ok(box > 240, String(box));
  });
  await page.keyboard.press("Escape");
  await page.finish();
});

const ROLE_POLICY =
  '{"RoleName":"app","PolicyName":"decrypt","PolicyDocument":{"Version":"2012-10-17",' +
  '"Statement":[{"Effect":"Allow","Action":"kms:Decrypt","Resource":"*"}]}}';

test("a row for each policy type stays beside the cards until it is given, there is none, or it is out of reach", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await bring(page, ERROR);
  const rows = (noun) => page.locator(".fetch li", { hasText: noun });
  await rows("The inline policies of the role").locator("code", { hasText: "aws iam list-role-policies" }).waitFor();
  await rows("key policy").locator("code", { hasText: "aws kms get-key-policy" }).waitFor();

  // After the second paste all but what was given are there.
  await bring(page, ROLE_POLICY);
  await rows("The inline policies of the role").locator("code", { hasText: "aws iam list-role-policies" }).waitFor();
  // How others are taken is said in one place, where they are added, and can be said otherwise there.
  assert.equal(await page.locator(".fetch", { hasText: "not known" }).count(), 0);
  await rows("more, if there are any: The inline policies").waitFor();
  // One policy says nothing of others: engine and diagnosis take them for not known, until a person says otherwise.
  await page.getByRole("button", { name: "Identity-based policy: others not known. Say there are no others" }).click();
  await page.getByRole("button", { name: "Identity-based policy: no others. Say it is not known" }).click();
  await rows("more, if there are any: The inline policies").waitFor();
  await rows("key policy").getByRole("button", { name: "Copy" }).waitFor();

  // What is out of reach stays and says so; of what there is none the row goes.
  await rows("service control policy").getByRole("button", { name: "I can't run this" }).click();
  await rows("service control policy").getByText("Out of reach").waitFor();
  await rows("permissions boundary").getByRole("button", { name: "There is none" }).click();
  await rows("permissions boundary").waitFor({ state: "detached" });
  await page.locator(".layers", { hasText: /None: .*permissions boundary/ }).waitFor();

  await bring(
    page,
    '{"Policy":"{\\"Statement\\":{\\"Effect\\":\\"Allow\\",\\"Principal\\":\\"*\\",\\"Action\\":\\"kms:*\\",\\"Resource\\":\\"*\\"}}","PolicyName":"default"}',
  );
  await rows("get-key-policy").waitFor({ state: "detached" });
  await rows("service control policy").getByText("Out of reach").waitFor();
  await rows("service control policy").getByRole("button", { name: "I can run it" }).click();
  await rows("service control policy").locator("code").waitFor();
  await page.finish();
});

test("the command to run next stands in the diagnosis and the bar, and its row leads there", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await bring(page, ERROR);
  const command = page.locator(".diagnosis .command-of pre code").first();
  await command.waitFor();
  const line = await command.textContent();
  const having = (selector) => page.locator(selector).filter({ hasText: line }).count();
  await soon(async () => assert.deepEqual([await having(".next-command code"), await having(".fetch code")], [1, 0]));
  await page.getByRole("button", { name: "Fetch this next" }).click();
  await focused(page, ".diagnosis .command-of > p");
  await page.finish();
});

test("what another account's owners alone can read is asked of them, with the statement that names the role", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await bring(page, ERROR.replace("us-east-1:111122223333", "us-east-1:444455556666").replace("identity-based", "resource-based"));
  const asked = page.locator(".diagnosis .command-of", { hasText: "AWS does not let account 111122223333 read it" }).first();
  await asked.getByText("What to send", { exact: true }).click();
  await asked.locator("pre", { hasText: '"Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}' }).waitFor();
  await asked.getByRole("button", { name: "Copy what to send" }).waitFor();
  // The owners' command is theirs to run: nothing else on the page has it.
  assert.equal(await page.locator(".next-command code, .fetch code").filter({ hasText: "get-key-policy" }).count(), 0);
  await page.finish();
});

test("a statement that matches because a key is absent says so, and the key is added with the focus on its value", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await page.getByRole("button", { name: "New", exact: true }).click();
  await page.locator(".field.principal input").fill("arn:aws:iam::111122223333:user/ann");
  await page.locator(".field.action input").fill("s3:GetObject");
  await page.locator(".field.resource input").fill("arn:aws:s3:::reports/a");
  await bring(
    page,
    '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-1"}}}]}',
  );
  const row = page.locator(".statements tr", {
    hasText: "matches: the request has no aws:PrincipalOrgID, and StringNotEquals then matches",
  });
  await row.getByRole("button", { name: "Add aws:PrincipalOrgID" }).click();
  await focused(page, '[aria-label="Value of aws:PrincipalOrgID"]');
  await page.keyboard.type("o-1");
  await verdict(page, "Denied");
  await page.finish();
});

const drafts = () => Object.keys(localStorage).filter((key) => key.startsWith("why403.draft.")).length;

test("New leaves no empty draft behind; Clear empties the case, and undo brings it back", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await page.getByRole("button", { name: "New", exact: true }).click();
  await focused(page, "#start-text");
  await bring(page, ERROR);
  await until(page, () => Object.keys(localStorage).filter((key) => key.startsWith("why403.draft.")).length === 1);
  await page.getByRole("button", { name: "New", exact: true }).click();
  await until(page, () => document.querySelector(".field.principal input").value === "");
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  assert.equal(await page.evaluate(drafts), 1);

  await page.goBack();
  await until(page, () => document.querySelector(".field.action input").value === "kms:Decrypt");
  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await until(page, () => document.querySelector(".field.action input").value === "");
  assert.equal((await file(page)).includes("-- error --"), false);
  await until(page, () => Object.keys(localStorage).filter((key) => key.startsWith("why403.draft.")).length === 0);
  await page.getByRole("button", { name: /^Undo.*clear this case/ }).click();
  await until(page, () => document.querySelector(".field.action input").value === "kms:Decrypt");
  await until(page, () => Object.keys(localStorage).filter((key) => key.startsWith("why403.draft.")).length === 1);
  await page.finish();
});

test("what was said of commands goes with the case that Clear empties, and comes back with it", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await bring(page, ERROR);
  const row = page.locator(".fetch li", { hasText: "service control policy" });
  await row.getByRole("button", { name: "I can't run this" }).click();
  await row.getByText("Out of reach").waitFor();
  const said = () => page.evaluate(() => document.querySelector("answer-view").commandAnswers);
  assert.equal(Object.keys(await said()).length, 1);

  await page.getByRole("button", { name: "Clear", exact: true }).click();
  await soon(async () => assert.deepEqual(await said(), {}));
  // The next case begins with nothing said.
  await bring(page, ERROR.replaceAll("111122223333", "444455556666"));
  await row.getByRole("button", { name: "I can't run this" }).waitFor();

  await page.getByRole("button", { name: /^Undo/ }).click();
  await page.getByRole("button", { name: /^Undo.*clear this case/ }).click();
  await row.getByText("Out of reach").waitFor();
  await page.finish();
});

test("a policy in one long line is laid out as it is brought or pasted over a text, as one step", async () => {
  const page = await app.open();
  await verdict(page, "Denied");
  await bring(page, POLICY);
  const begins = /^-- identity\/pasted\.json --\n\{\n  "Version": "2012-10-17",\n  "Statement": \[\n/m;
  await soon(async () => assert.match(await file(page), begins));

  await editor(page, "identity/pasted.json");
  await paste(page, "identity/pasted.json", LOCK);
  await page.getByRole("button", { name: /^Undo.*paste a policy/ }).waitFor();
  const laid = await file(page);
  assert.match(laid, /^ {6}"Sid": "Lock",$/m);
  assert.deepEqual(JSON.parse(laid.slice(laid.indexOf("{"))), JSON.parse(LOCK));
  await page.getByRole("button", { name: /^Undo.*paste a policy/ }).click();
  await until(page, () => !document.querySelector("share-box").makeFile().includes("Lock"));
  assert.match(await file(page), /"s3:GetObject"/);

  // What is short, has lines, or is typed stays as it is.
  await paste(page, "identity/pasted.json", '{"Statement": []}');
  await until(page, () => document.querySelector("share-box").makeFile().includes('\n{"Statement": []}\n'));
  await page.finish();
});
