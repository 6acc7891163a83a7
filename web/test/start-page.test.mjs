// The first minute: what a person begins with, what is brought, and a blank start.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { counted, focused, soon, start, until, verdict } from "./page.mjs";

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
  assert.match(text, /^-- scp\/1-root\/pasted\.json --\n.*\n-- scp\/1-root\/FullAWSAccess\.json --$/m);
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
