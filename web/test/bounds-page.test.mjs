// What a link can carry at most, and what the page draws of it. Elements are
// counted, and requests; no time decides.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { ASK, ALLOW, times, policies, inOne, linkTo } from "./heavy.mjs";
import { counted, focused, focusedCard, IDENTITY, paste, soon, start, until, verdict } from "./page.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

async function open(text) {
  const page = await site.open();
  await page.goto("about:blank");
  await page.goto(site.url + linkTo(text));
  return page;
}

/** All elements, those in shadow roots too. */
const elements = (page) =>
  page.evaluate(() => {
    const count = (root) =>
      [...root.querySelectorAll("*")].reduce((sum, node) => sum + 1 + (node.shadowRoot ? count(node.shadowRoot) : 0), 0);
    return count(document);
  });

const MOST = 6_000;

/** Drafts of an earlier view may be about to go. */
const fewElements = (page) =>
  soon(async () => {
    const count = await elements(page);
    assert.ok(count < MOST, `${count} elements`);
  });

for (const n of [600, 1_800]) {
  test(`a link of ${n} policies draws some of them, and leads to all`, async () => {
    const page = await open(policies(n));
    await verdict(page, /Denied/);
    await page.getByText(`1 to 20 of ${(n + 1).toLocaleString("en")} policies`).waitFor();
    await page.locator("policy-editor").first().waitFor();
    await counted(page, "policy-card", 20);
    assert.ok((await page.locator("policy-editor").count()) < 20, "cards that nobody sees have editors");
    await fewElements(page);
    // What is chosen in the answer is drawn.
    await page.locator("answer-view").evaluate((view, section) => view.showRow(section, 0), `identity/p${n - 1}.json`);
    await page.locator(".statements tr.shown button.row").click();
    await focusedCard(page, `identity/p${n - 1}.json`);
    await soon(async () => assert.ok((await page.locator("policy-card").count()) <= 20, "more than 20 cards"));
    await page.getByRole("button", { name: "Previous policies" }).click();
    // With the key: cards that are drawn below the pointer move the button away from a click.
    await page.getByRole("button", { name: "+ Identity-based policy" }).press("Enter");
    await focusedCard(page, "identity/policy.json");
    await page.finish();
  });
}

test("thousands of statements are rows in windows, and thousands of problems are a list with its rest", async () => {
  const page = await open(inOne(Array(3_500).fill(ALLOW).join(",\n")));
  await verdict(page, /Denied/);
  await page.getByText("1 to 100 of 3,500 statements").waitFor();
  await counted(page, ".statements tbody tr", 100);
  await page.getByRole("button", { name: "Next statements" }).click();
  await page.getByText("101 to 200 of 3,500 statements").waitFor();
  await fewElements(page);
  await page.finish();

  const broken = await open(inOne(Array(3_500).fill('{"Effect":"Alow","Action":"s3*","Rsource":"*"}').join(",\n")));
  await broken.locator("answer-view .problems .rest", { hasText: /^and \d+ more$/ }).waitFor();
  for (const list of await broken.locator(".problems").all()) assert.ok((await list.locator("li").count()) <= 51);
  await fewElements(broken);
  await broken.finish();
});

test("hundreds of requests and thousands of lines are drawn in windows", async () => {
  const page = await open(`Many\n\n${times(900, (i) => `-- request/r${i} --\n${ASK}`)}-- identity/a.json --\n{"Statement":${ALLOW}}\n`);
  await page.getByText("1 to 50 of 900 requests").waitFor();
  await counted(page, ".requests tbody tr", 50);
  await page.getByRole("button", { name: "+ Request" }).click();
  await page.getByText("901 to 901 of 901 requests").waitFor();
  await focused(page, ".requests .name");
  await page.finish();

  const lines = await open(`Many\n\n-- request --\n${ASK}${times(6_000, (i) => `aws:RequestTag/x${i}: a\n`)}`);
  await lines.getByText("1 to 50 of 6,000 lines").waitFor();
  await counted(lines, ".lines .line", 50);
  await lines.getByRole("button", { name: "+ Context key" }).click();
  await lines.getByText("6,001 to 6,001 of 6,001 lines").waitFor();
  await focused(lines, ".line .key");
  await lines.finish();
});

test("a text of very many lines, a title and notes as long as a link can be are not laid out", async () => {
  const page = await open(`Many\n\n-- request --\n${ASK}-- identity/a.json --\n${"\n".repeat(250_000)}`);
  await verdict(page, /Denied/);
  await page.locator('policy-card[data-section="identity/a.json"] policy-editor').waitFor();
  await fewElements(page);
  await page.getByLabel("Plain text boxes").check();
  await page.getByText("This text has more than 5,000 lines.").waitFor();
  await counted(page, 'policy-card[data-section="identity/a.json"] textarea', 0);
  await page.finish();

  const long = await open(`${"x".repeat(100_000)}\n\n${"A note.\n\n".repeat(10_000)}-- request --\n${ASK}`);
  await verdict(long, /Denied/);
  await soon(async () => assert.ok((await long.locator("scenario-notes").innerText()).length < 1_000));
  await long.getByRole("button", { name: "Notes", exact: true }).click();
  await long.getByText("and 9,950 more paragraphs").waitFor();
  await fewElements(long);
  await long.finish();
});

test("an engine that answered while the page was busy is not taken for a silent one", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.evaluate(() => {
    // Once the engine is asked, the page does nothing else for longer than the engine may take.
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (...args) {
      Worker.prototype.postMessage = post;
      post.apply(this, args);
      for (const end = Date.now() + 8_500; Date.now() < end;);
      globalThis.wasBusy = true;
    };
  });
  await paste(page, IDENTITY, `{"Statement":${ALLOW.replace("s3:*", "kms:*")}}`);
  await until(page, () => globalThis.wasBusy);
  await verdict(page, /Allowed/);
  await counted(page, "answer-view .trouble", 0);
  await page.finish();
});
