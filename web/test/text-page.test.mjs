// The text of the scenario file beside the cards, edited both ways; the levels of an organization.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible } from "./accessible.mjs";
import { counted, paste, pasteOver, soon, start, until, value, verdict } from "./page.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const FILE = `A queue

-- request --
principal: arn:aws:iam::111122223333:user/ann
action: sqs:SendMessage
resource: arn:aws:sqs:us-east-1:111122223333:q
-- identity/ann.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}
`;

const source = (page) => page.locator("scenario-source .cm-content");
const show = (page, view) => page.locator("label", { has: page.getByRole("radio", { name: view, exact: true }) }).click();

async function both(options) {
  const page = await site.open(options);
  await verdict(page, /Denied/);
  await show(page, "Both");
  await source(page).waitFor();
  return page;
}

test("what is typed in the text is in the cards, and the other way round", async () => {
  const page = await both();
  await pasteOver(source(page), FILE);
  await verdict(page, /Allowed/);
  await soon(async () => assert.match(await value(page, "identity/ann.json"), /"sqs:\*"/));
  await paste(page, "identity/ann.json", '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}}');
  await verdict(page, /explicit deny/);
  await until(page, () => document.querySelector("scenario-source").shadowRoot.textContent.includes('"Deny"'));
  await page.finish();
});

test("a text that can't be opened is kept, with its problem, and can be put back", async () => {
  const page = await both();
  await pasteOver(source(page), FILE);
  await verdict(page, /Allowed/);
  await pasteOver(source(page), FILE.replace("-- request --", "-- reqest --"));
  await page.locator("scenario-source .note", { hasText: "it is kept" }).waitFor();
  await page.locator(".source .problems", { hasText: "reqest" }).waitFor();
  await source(page).getByText("reqest").waitFor();
  await verdict(page, /Allowed/);
  await page.getByRole("button", { name: "Put back the text of the cards" }).click();
  await until(page, () => !document.querySelector("scenario-source").shadowRoot.textContent.includes("reqest"));
  await page.finish();
});

test("undo takes an edit of the text back", async () => {
  const page = await both();
  await pasteOver(source(page), FILE);
  await verdict(page, /Allowed/);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await verdict(page, /Denied/);
  await source(page).getByText("A queue").waitFor({ state: "detached" });
  await page.finish();
});

test("levels are a ladder, and one that goes leaves no gap", async () => {
  const page = await both();
  const level = (name) =>
    `-- scp/${name}/all.json --\n{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}\n`;
  await pasteOver(source(page), FILE + level("1-root") + level("2-ou") + level("3-account"));
  await verdict(page, /Allowed/);
  await show(page, "Cards");
  await counted(page, ".ladder li", 3);
  const card = page.locator('policy-card[data-section="scp/2-ou/all.json"]');
  await card.getByRole("button", { name: /^More for/ }).press("Enter");
  await card
    .locator(".menu")
    .getByRole("button", { name: /^Remove/ })
    .press("Enter");
  await counted(page, ".ladder li", 2);
  await page.locator('policy-card[data-section="scp/2-account/all.json"]').waitFor();
  await page.finish();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in the text and the ladder, ${colorScheme}, and nothing scrolls sideways`, async () => {
    const page = await both({ colorScheme, viewport: { width: 320, height: 800 } });
    await accessible(page);
    await until(page, () => document.documentElement.scrollWidth <= 320);
    await page.finish();
  });
}
