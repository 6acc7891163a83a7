// Who may: the principals of a scenario against its requests.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { accessible } from "./accessible.mjs";
import { counted, soon, start, until, verdict } from "./page.mjs";

const WORLD = `Who reads

-- request/read --
principal: arn:aws:sts::111122223333:assumed-role/reader/s
action: s3:GetObject
resource: arn:aws:s3:::amzn-s3-demo-bucket/a
resource-account: 111122223333
-- request/write --
principal: arn:aws:sts::111122223333:assumed-role/reader/s
action: s3:PutObject
resource: arn:aws:s3:::amzn-s3-demo-bucket/a
resource-account: 111122223333
-- entity/reader --
arn: arn:aws:iam::111122223333:role/reader
-- entity/reader/identity/read.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}
-- entity/ann --
arn: arn:aws:iam::111122223333:user/ann
unknown: identity
`;

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

async function load(page, text) {
  await page.getByRole("button", { name: /^Import/ }).click();
  await page.locator("import-box textarea").fill(text);
  await page.getByRole("button", { name: "Use it" }).click();
  await page.getByRole("button", { name: "Done" }).click();
}

const outcomes = async (page) => (await page.locator(".who tbody td b").allTextContents()).map((text) => text.replace(/\s+/g, " ").trim());

test("the matrix has a cell for each principal and request, follows the policies, and each cell asks as its principal", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await counted(page, ".who", 0);
  await load(page, WORLD);
  await page.getByText("Each user and role of this scenario").click();
  await page.locator(".who tbody tr").nth(1).waitFor();
  await soon(async () => assert.deepEqual(await outcomes(page), ["✓ allowed", "○ denied", "? depends", "? depends"]));
  await page.getByRole("checkbox", { name: "Say why" }).first().check();
  await page.locator(".who td").nth(1).getByText("s3:PutObject").first().waitFor();
  await page.locator(".who td button").nth(3).click();
  await verdict(page, /Depends/);
  const asked = (label, value) => soon(async () => assert.equal(await page.getByLabel(label, { exact: true }).inputValue(), value));
  await asked("Principal", "arn:aws:iam::111122223333:user/ann");
  await asked("Action", "s3:PutObject");
  await page.getByRole("button", { name: /^Undo.*ask as ann/s }).click();
  await verdict(page, /Allowed/);
  await page.finish();
});

test("the matrix is exported as CSV and as Markdown", async () => {
  const page = await site.open();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await verdict(page, /Denied/);
  await load(page, WORLD);
  await page.getByText("Each user and role of this scenario").click();
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as CSV" }).click();
  const file = await coming;
  assert.equal(file.suggestedFilename(), "who-reads-who-may.csv");
  const csv = await readFile(await file.path(), "utf8");
  assert.match(csv, /^Principal,ARN,Request,Action,Resource,Outcome,Denied by,How\nreader,/);
  assert.equal(csv.trimEnd().split("\n").length, 5);
  await page.locator(".who").getByRole("button", { name: "Copy as Markdown" }).click();
  await page.getByText("Copied.").waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^\| Principal \| ARN \|/);
  await page.finish();
});

test("the matrix keeps the rules of accessibility, light and dark, and fits into 320 px", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await site.open({ colorScheme, viewport: { width: 320, height: 800 } });
    await verdict(page, /Denied/);
    await load(page, WORLD);
    await page.getByText("Each user and role of this scenario").click();
    await page.locator(".who tbody tr").nth(1).waitFor();
    await until(page, () => document.documentElement.scrollWidth === 320);
    await accessible(page, "who-may");
    await page.finish();
  }
});
