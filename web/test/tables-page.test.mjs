// The tables of access combinations: of the request's service, of others, and
// what each side does alone in one account.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible } from "./accessible.mjs";
import { field, focused, soon, start, until, verdict } from "./page.mjs";

const S3 = `S3 behind a boundary

-- request --
principal: arn:aws:sts::111122223333:assumed-role/app/s
action: s3:GetObject
resource: arn:aws:s3:::amzn-s3-demo-bucket/a
resource-account: 111122223333
-- resource.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"}, "Action": "s3:GetObject", "Resource": "*"}}
-- boundary.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "ec2:*", "Resource": "*"}}
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

const title = (page, service) => page.getByRole("heading", { name: `${service} access combinations` });
const row = (page, id) => page.locator(`tr[data-id="${id}"]`);

test("the tables are those of the request's service, in the view that has the reader's case", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await title(page, "KMS").waitFor();
  await load(page, S3);
  await title(page, "S3").waitFor();
  const mine = row(page, "same-account/role/silent/silent/none");
  await mine.getByText("your case").waitFor();
  await page.getByRole("radio", { name: /^Boundary silent/, checked: true }).waitFor();
  await page.locator("p.own", { hasText: /policy names role, .* boundary silent, session policy none:\s+○\s+denied/ }).waitFor();
  // A view that a person chose stays, and says what it lacks.
  await page.getByRole("radio", { name: /^Minimal/ }).check();
  await page.getByRole("button", { name: "Show it in All" }).click();
  await focused(page, "tr.own, tr.own *");
  await page.getByLabel("Service").selectOption("VPC Lattice");
  await title(page, "VPC Lattice").waitFor();
  await soon(async () => assert.equal(await page.getByText("your case").count(), 0));
  await page.getByRole("button", { name: "Show the tables of S3" }).click();
  await mine.getByText("your case").waitFor();
  await page.finish();
});

test("a file of the tables that can't be had is said and asked for again with the next answer, not without end", async () => {
  let asked = 0;
  const page = await site.open({
    init: (opened) =>
      opened.route("**/tables/same-account.json*", (route) => {
        asked++;
        return route.fulfill({ status: 503, body: "" });
      }),
  });
  await verdict(page, /Denied/);
  await page.getByText("The access combinations could not be fetched.").waitFor();
  for (const service of ["S3", "SQS"]) {
    await field(page, "Action", service === "S3" ? "s3:GetObject" : "sqs:SendMessage");
    await verdict(page, /Denied/);
  }
  assert.ok(asked > 0 && asked < 20, `asked ${asked} times`);
  await page.unroute("**/tables/same-account.json*");
  await field(page, "Action", "kms:Decrypt");
  await title(page, "KMS").waitFor();
  await page.getByRole("heading", { name: "Same account: whose Allow is enough" }).waitFor();
  assert.equal(await page.getByText("The access combinations could not be fetched.").count(), 0);
  // The browser says so of each by itself.
  page.faults.splice(0, Infinity, ...page.faults.filter((fault) => !/503/.test(fault)));
  await page.finish();
});

test("a row and a view of a service have addresses; a view takes nothing away", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const id = "cross-account/everyone/silent/none/none";
  await page.goto(`${site.url}#row=sqs/${id}`);
  await row(page, id).and(page.locator(".target")).waitFor();
  await soon(async () => assert.equal(await page.getByLabel("Action", { exact: true }).inputValue(), "sqs:SendMessage"));
  await page.getByLabel("Service").selectOption("Lambda");
  await title(page, "Lambda").waitFor();
  await page.getByRole("radio", { name: /^Session policy silent/ }).check();
  const link = await page.getByRole("link", { name: "Link to this view" }).getAttribute("href");
  assert.equal(link, "#tables=lambda/session");
  await page.getByLabel("Service").selectOption("SQS");
  await page.evaluate((hash) => (location.hash = hash), link);
  await title(page, "Lambda").waitFor();
  await page.getByRole("radio", { name: /^Session policy silent/, checked: true }).waitFor();
  await soon(async () => assert.equal(await page.getByLabel("Action", { exact: true }).inputValue(), "sqs:SendMessage"));
  // On a fresh page it stands below the start.
  await page.goto("about:blank");
  await page.goto(`${site.url}#tables=ses/permitted`);
  await title(page, "SES").waitFor();
  await page.getByRole("radio", { name: /^Permitted/, checked: true }).waitFor();
  await verdict(page, /Denied/);
  await page.finish();
});

test("an address that names no row says so", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.goto(`${site.url}#row=s3/same-account/nonsense`);
  await page.getByText("The tables have no row called s3/same-account/nonsense").waitFor();
  await page.finish();
});

test("what each side does alone: every service in a row, the reader's marked, each leads to its tables", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const alone = page.locator(".alone tbody tr");
  await alone.first().waitFor();
  await page.locator(".alone tr.asked", { hasText: /^\s*KMS[^]*your service/ }).waitFor();
  const cells = (service) =>
    alone
      .filter({ has: page.getByRole("button", { name: new RegExp(`^${service}\\s*: show its combinations`) }) })
      .locator("td")
      .allTextContents();
  assert.deepEqual(
    (await cells("S3")).map((text) => text.trim().replace(/^\S\s+/, "")),
    ["allowed", "allowed", "denied", "allowed", "allowed", "denied", "allowed"],
  );
  assert.match((await cells("IAM role trust"))[0], /denied/);
  await page.getByRole("button", { name: /^Private CA\s*: show its combinations/ }).click();
  await title(page, "Private CA").waitFor();
  await focused(page, ".tables-head select");
  await page.finish();
});

test("where the tables can't be fetched, those of the build stay", async () => {
  const page = await site.open({
    init: async (opened, faults) => {
      await opened.route("**/tables/*.json*", (route) => route.abort());
      opened.on("console", () => faults.splice(0));
    },
  });
  await page.getByText("The access combinations could not be fetched.").waitFor();
  // On paper they would be three pages about KMS, whatever is asked.
  if (!process.env.FIREFOX) {
    await page.emulateMedia({ media: "print" });
    await page.locator("access-tables").waitFor({ state: "hidden" });
    await page.emulateMedia({ media: null });
  }
  await page.locator("#static-tables table").first().waitFor();
  page.faults.splice(0);
  await page.finish();
});

test("the tables keep the rules of accessibility, light and dark, and fit into 320 px", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await site.open({ colorScheme, viewport: { width: 320, height: 800 } });
    await verdict(page, /Denied/);
    await load(page, S3);
    await title(page, "S3").waitFor();
    await page.getByRole("checkbox", { name: "Say why" }).check();
    await page.locator(".alone tbody tr").first().waitFor();
    await until(page, () => document.documentElement.scrollWidth === 320);
    await accessible(page, "access-tables");
    await page.finish();
  }
});

test("on a phone the table of all services scrolls by itself, and the service of a row stays in view", async () => {
  const page = await site.open({ viewport: { width: 390, height: 844 } });
  await verdict(page, /Denied/);
  const table = page.locator(".alone .scrolled");
  await table.scrollIntoViewIfNeeded();
  const found = await table.evaluate((box) => {
    box.scrollLeft = box.scrollWidth;
    const left = (part) => part.getBoundingClientRect().left - box.getBoundingClientRect().left;
    return { moved: box.scrollLeft > 0, first: Math.round(left(box.querySelector("tbody th"))), cell: left(box.querySelector("tbody td")) };
  });
  assert.equal(found.moved, true);
  assert.ok(found.first <= 1, `the service begins at ${found.first}`);
  assert.ok(found.cell < 0, "the first column of the table is scrolled away");
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await page.finish();
});
