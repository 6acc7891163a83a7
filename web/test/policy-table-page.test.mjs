// One policy as a table, from the menu of its card.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible } from "./accessible.mjs";
import { focused, soon, start, until, verdict } from "./page.mjs";

const LOCK = `Two Regions

-- request --
principal: arn:aws:iam::111122223333:role/dev
action: ec2:RunInstances
resource: arn:aws:ec2:us-west-2:111122223333:instance/*
-- scp/1-root/lock.json --
{"Version": "2012-10-17", "Statement": [
  {"Sid": "All", "Effect": "Allow", "Action": "*", "Resource": "*"},
  {"Sid": "DenyOutside", "Effect": "Deny", "NotAction": ["iam:*", "sts:*"], "Resource": "*",
   "Condition": {"StringNotEquals": {"aws:RequestedRegion": ["eu-central-1", "eu-west-1"]}}}]}
`;

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

async function opened(options) {
  const page = await site.open(options);
  await verdict(page, /Denied/);
  await page.getByRole("button", { name: /^Import/ }).click();
  await page.locator("import-box textarea").fill(LOCK);
  await page.getByRole("button", { name: "Use it" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: /^More for SCP/ }).click();
  await page.getByRole("button", { name: "As a table" }).click();
  await page.locator(".policy-table tbody tr").first().waitFor();
  return page;
}

test("the menu of a policy opens its table, which marks the request and is copied as Markdown", async () => {
  const page = await opened();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  const dialog = page.getByRole("dialog", { name: /scp\/1-root\/lock\.json/ });
  await dialog.waitFor();
  const cells = async (selector) => (await dialog.locator(selector).allInnerTexts()).map((text) => text.trim());
  await soon(async () => assert.deepEqual(await cells("thead th"), ["Action", "aws:RequestedRegion", "This policy alone", "Statement"]));
  assert.deepEqual(await cells("tbody td:nth-child(4)"), ["All", "DenyOutside", "All"]);
  assert.deepEqual(await cells("tbody td:nth-child(2)"), ["eu-central-1 or eu-west-1", "another value", "any"]);
  assert.match((await cells("tr.asked")).join("|"), /^[^|]*another value\s+✕ explicitly denied this request\s+DenyOutside$/);
  await dialog.getByRole("button", { name: "Copy as Markdown" }).click();
  await dialog.getByText("Copied.").waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^\| Action \| aws:RequestedRegion \|/);
  await page.keyboard.press("Escape");
  await focused(page, '[aria-label^="More for SCP"]');
  await page.finish();
});

test("the table keeps the rules of accessibility, light and dark, and fits into 320 px", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await opened({ colorScheme, viewport: { width: 320, height: 800 } });
    await until(page, () => document.documentElement.scrollWidth === 320);
    await until(page, () => {
      const box = document.querySelector("dialog.policy-table");
      return box.scrollWidth === box.clientWidth;
    });
    await accessible(page, "policy-table");
    await page.finish();
  }
});
