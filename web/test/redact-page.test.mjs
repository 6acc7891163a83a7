// Stand-ins for names: what is replaced, the proof, and what is then shared.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { accessible } from "./accessible.mjs";
import { counted, soon, start, until, verdict } from "./page.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const BANK = `Payments of the bank

Anna asked for this.

-- request --
principal: arn:aws:iam::210987654321:user/anna
action: sqs:SendMessage
resource: arn:aws:sqs:eu-west-1:210987654321:payments
-- identity/anna.json --
{"Version": "2012-10-17", "Statement": {"Sid": "Pay", "Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}
`;
const NAMES = /anna|bank|payments|210987654321|\bPay\b/i;
const STAYS = readFileSync(new URL("../../scenarios/calls/secret-of-another-account.txtar", import.meta.url), "utf8");

/** The Share box over a scenario, with what is copied noted. */
async function shared(text, options) {
  const page = await site.open(options);
  await verdict(page, /Denied/);
  await page.evaluate(() =>
    Object.defineProperty(navigator, "clipboard", {
      configurable: true,
      value: { writeText: async (copied) => void (globalThis.copied = copied) },
    }),
  );
  await page.getByRole("button", { name: /^Import/ }).click();
  await page.locator("import-box textarea").fill(text);
  await page.getByRole("button", { name: "Use it" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.waitForFunction((title) => document.title.startsWith(title), text.split("\n")[0]);
  await page.getByRole("button", { name: "Share" }).click();
  return page;
}

const box = (page) => page.locator("redact-box");
const link = (page) => page.locator("share-box input.code").first();
const own = (page) => page.evaluate(() => document.querySelector("share-box").makeFile());

async function replaced(page) {
  await box(page).getByRole("button", { name: "Replace names" }).click();
  await box(page).getByRole("table").waitFor();
}

/** What a button copies, when it has: making it may take a while. */
async function copied(page, button = "Copy scenario file") {
  await page.evaluate(() => (globalThis.copied = undefined));
  await page.getByRole("button", { name: button }).click();
  await until(page, () => globalThis.copied !== undefined);
  return page.evaluate(() => globalThis.copied);
}

test("names are replaced and the proof is shown, and the stand-ins are shared until the reader says otherwise", async () => {
  const fetched = [];
  const page = await shared(BANK, {
    init: (opened) => void opened.on("request", (request) => fetched.push(new URL(request.url()).pathname)),
  });
  assert.ok(!fetched.includes("/source.wasm"), "the module is fetched before it is asked for");
  await until(page, () => document.querySelector("share-box input.code").value !== "");
  const before = await link(page).inputValue();
  await replaced(page);
  await box(page).getByText("Judged with both sets of names, 1 request and 1 check come to the same outcome").waitFor();
  const row = box(page).getByRole("row", { name: "210987654321" });
  assert.match(await row.innerText(), /111122223333\s+account, 2 times/);
  await box(page).getByRole("row", { name: /^anna/ }).waitFor();
  await box(page)
    .getByText(/^Left out: the title; the notes/)
    .waitFor();
  // Who asked for stand-ins gets them in all that is copied from now on.
  await page.getByLabel(/^Link, names replaced/).waitFor();
  const file = await copied(page);
  assert.doesNotMatch(file, NAMES);
  assert.match(file, /^Redacted scenario\n[^]*action: sqs:SendMessage/);
  await page.waitForFunction((old) => !["", old].includes(document.querySelector("share-box input.code").value), before);
  const address = await link(page).inputValue();
  assert.doesNotMatch(await copied(page, "Copy Markdown"), NAMES);
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download scenario file" }).click()]);
  assert.doesNotMatch(saved.suggestedFilename(), NAMES);
  assert.match(await own(page), /user\/anna/);

  await box(page).getByRole("radio", { name: "your own names" }).check();
  assert.match(await copied(page), /anna/);
  await page.waitForFunction((old) => document.querySelector("share-box input.code").value === old, before);
  await page.finish();

  const other = await site.open();
  await other.goto(address);
  await verdict(other, /Allowed/);
  await soon(async () => assert.equal(await own(other), file));
  await other.finish();
});

test("what is chosen holds until the scenario changes", async () => {
  const page = await shared(BANK);
  await replaced(page);
  await box(page).getByRole("radio", { name: "the stand-ins" }).check();
  await page.locator("share-box").getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Share" }).click();
  assert.doesNotMatch(await copied(page), NAMES);
  await page.locator("share-box").getByRole("button", { name: "Close" }).click();
  await page.getByLabel("Resource", { exact: true }).first().fill("arn:aws:sqs:eu-west-1:210987654321:other");
  await page.waitForFunction(() => document.querySelector("share-box").makeFile().includes(":other"));
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByLabel(/^Link, \d/).waitFor();
  assert.match(await copied(page), /:other/);
  await counted(page, "redact-box table", 0);
  await page.finish();
});

test("the stand-ins open on the page, and undo leads back", async () => {
  const page = await shared(BANK);
  const text = await own(page);
  await replaced(page);
  await box(page).getByRole("button", { name: "Open it on the page" }).click();
  await page.waitForFunction(() => document.title.startsWith("Redacted scenario"));
  await soon(async () => assert.doesNotMatch(await own(page), NAMES));
  await verdict(page, /Allowed/);
  await page.getByRole("button", { name: /^Undo.*“Redacted scenario”/ }).click();
  await page.waitForFunction(() => document.title.startsWith("Payments of the bank"));
  await soon(async () => assert.equal(await own(page), text));
  await page.finish();
});

test("a name that an answer needs stays, and is marked with the reason", async () => {
  const page = await shared(STAYS);
  await replaced(page);
  await box(page)
    .getByText(/^1 name stays, because an answer would change without\s+it/)
    .waitFor();
  const first = box(page).locator("tbody tr").first();
  await soon(async () => assert.match(await first.innerText(), /a1b2c3\s+stays with a stand-in, this would change: /));
  await page.finish();
});

test("without answers there is no proof, and it says so", async () => {
  const page = await shared(`${BANK}-- identity/broken.json --\n{"Statement": \n`);
  await replaced(page);
  await box(page).getByText("Not proved. The scenario has errors, so it has no answers to compare.").waitFor();
  await page.finish();
});

test("where the module can't be fetched, no name is replaced, and it can be tried again", async () => {
  const page = await shared(BANK);
  await page.route("**/source.wasm*", (route) => route.abort());
  await box(page).getByRole("button", { name: "Replace names" }).click();
  await box(page).getByRole("alert").filter({ hasText: "No name was replaced." }).waitFor();
  await page.unroute("**/source.wasm*");
  await replaced(page);
  await counted(page, "redact-box [role=alert]", 0);
  page.faults.length = 0;
  await page.finish();
});

for (const colorScheme of ["light", "dark"]) {
  test(`no accessibility violations, and nothing wider than 320 pixels, ${colorScheme}`, async () => {
    const page = await shared(STAYS, { colorScheme, viewport: { width: 320, height: 800 } });
    await replaced(page);
    await box(page).getByRole("radio", { name: "the stand-ins" }).check();
    await box(page).getByText("Read the scenario with stand-ins").click();
    await accessible(page);
    const wide = () =>
      page.evaluate(() =>
        [...document.querySelectorAll("html, dialog.share, redact-box .names")]
          .filter((each) => each.scrollWidth > each.clientWidth)
          .map((each) => `${each.localName}.${each.className}`),
      );
    await soon(async () => assert.deepEqual(await wide(), []));
    await page.finish();
  });
}
