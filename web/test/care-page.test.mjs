// Care: accessibility rules in every view, narrow screens, no script, no WebAssembly.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible } from "./accessible.mjs";
import { counted, IDENTITY, paste, start, until, verdict } from "./page.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const MANY = `Three requests

-- request/read --
principal: arn:aws:iam::111122223333:user/ann
action: s3:GetObject
resource: arn:aws:s3:::reports/2026.csv
resource-account: 444455556666
aws:SourceIp: 203.0.113.7
-- request/list --
principal: arn:aws:iam::111122223333:user/ann
action: s3:ListBucket
resource: arn:aws:s3:::reports
resource-account: 444455556666
-- request/write --
principal: arn:aws:iam::111122223333:user/ann
action: s3:PutObject
resource: arn:aws:s3:::reports/2026.csv
resource-account: 444455556666
-- resource.json --
{"Version": "2012-10-17", "Statement": [
  {"Sid": "Read", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "s3:*", "Resource": "arn:aws:s3:::reports/*"},
  {"Sid": "NoWrite", "Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "*"}]}
-- identity/ann.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
-- scp/1-root/full.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
-- scp/2-account/guard.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
-- boundary.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}}
-- endpoint.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}
-- want/read --
allow
-- want/write --
allow
`;

async function load(page, text) {
  await page.getByRole("button", { name: /^Import/ }).click();
  await page.locator("import-box textarea").fill(text);
  await page.getByRole("button", { name: "Use it" }).click();
  await page.getByRole("button", { name: "Done" }).click();
}

/** Every view of the page: what leads to it from the first one. */
const VIEWS = {
  "the first view": async () => {},
  allowed: async (page) => {
    await paste(page, IDENTITY, '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"}}');
    await verdict(page, /Allowed/);
  },
  "several requests": async (page) => {
    await load(page, MANY);
    await page.locator(".requests, request-fields table").first().waitFor();
    await verdict(page, /Allowed/);
  },
  "broken JSON": async (page) => {
    await paste(page, IDENTITY, '{"Version": "2012-10-17",\n  "Statement": [,]}');
    await page.locator(".verdict .note").waitFor();
  },
  "the diff of a fix": async (page) => {
    await page
      .getByRole("button", { name: /^Show the change/ })
      .first()
      .click();
    await page
      .getByRole("button", { name: /^Apply/ })
      .first()
      .waitFor();
  },
  "all combinations": async (page) => {
    await page.getByRole("radio", { name: /^All/ }).check();
    await until(page, () => document.querySelectorAll("tr[data-id]").length === 42);
  },
  gallery: async (page) => {
    await page.getByRole("button", { name: /^Gallery/ }).click();
    await page.locator("scenario-gallery dialog[open] li").first().waitFor();
  },
  import: async (page) => {
    await page.getByRole("button", { name: /^Import/ }).click();
    await page
      .locator("import-box dialog textarea")
      .fill(
        'An error occurred (AccessDenied) when calling the GetObject operation: User: arn:aws:iam::111122223333:user/ann is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::reports/a" because no identity-based policy allows the s3:GetObject action',
      );
    await page.getByRole("button", { name: "Use it" }).waitFor();
  },
  share: async (page) => {
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await until(page, () => document.querySelector(".share input")?.value.includes("#s="));
  },
  drafts: async (page) => {
    await page.getByText("Kept in this browser").click();
    await page.locator("kept-drafts details[open]").waitFor();
  },
};

/** The page as it is for somebody who was never here. */
async function firstView(page) {
  // Leaving the page saves its draft, so the store is emptied after that.
  await page.route("**/blank", (route) => route.fulfill({ contentType: "text/html", body: '<link rel="icon" href="data:," />' }));
  await page.goto(`${site.url}blank`);
  await page.evaluate(() => localStorage.clear());
  await page.goto(site.url);
  await verdict(page, /Denied/);
}

// A color is the same at any width, and a rule about structure in any theme: each is looked at once.
for (const [colorScheme, width] of [
  ["light", 390],
  ["dark", 1280],
]) {
  test(`no accessibility violations, ${colorScheme}, ${width} pixels`, async () => {
    const page = await site.open({ viewport: { width, height: 900 }, colorScheme, reducedMotion: "reduce" });
    for (const [name, lead] of Object.entries(VIEWS)) {
      await firstView(page);
      await lead(page);
      await accessible(page, "html", name);
    }
    await page.finish();
  });
}

test("no view scrolls sideways at 320 pixels", async () => {
  const page = await site.open({ viewport: { width: 320, height: 640 } });
  for (const [name, lead] of Object.entries(VIEWS)) {
    await firstView(page);
    await lead(page);
    const wide = await page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll("dialog[open]")]
        .filter((el) => el.scrollWidth > el.clientWidth)
        .map((el) => el.tagName),
    );
    assert.deepEqual(wide, [], name);
  }
  await page.finish();
});

test("without script the tables and six worked examples are there", async () => {
  const page = await site.open({ javaScriptEnabled: false });
  await page.getByText(/needs JavaScript/).waitFor();
  await counted(page, "#static-tables tbody tr", 42);
  await counted(page, "#static-examples article", 6);
  await page.locator("#static-tables table").first().waitFor();
  assert.match(await page.locator("#static-examples").textContent(), /is not authorized to perform/);
  await page.context().close();
});

test("where WebAssembly is blocked the page says so and keeps the static tables", async () => {
  const page = await site.open({
    init: (p) => p.route("**/page.wasm*", (route) => route.fulfill({ status: 200, contentType: "application/wasm", body: "not wasm" })),
  });
  await page.getByText(/The engine could not start/).waitFor();
  await page.locator("#static-tables table").first().waitFor();
  await page.locator("#static-examples article").first().waitFor();
  await page.finish();
});

test("once the engine runs, the live tables take the place of the static ones", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.locator("combination-tables table").first().waitFor();
  await page.locator("#static-tables").waitFor({ state: "hidden" });
  await page.locator("#static-examples").waitFor({ state: "hidden" });
  await page.finish();
});
