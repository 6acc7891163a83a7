// The gallery: found by what people type, near ones where nothing is, and groups.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { focused, soon, start, until, verdict } from "./page.mjs";

let app;
before(async () => (app = await start()));
after(() => app.stop());

async function opened() {
  const page = await app.open();
  await verdict(page, "Denied");
  await page.getByRole("button", { name: /^Gallery \(\d+\)/ }).click();
  await focused(page, ".gallery input[type=search]");
  // Not innerText: what is not drawn yet has none (content-visibility).
  const texts = (selector) => page.locator(`.gallery ${selector}`).allTextContents();
  const find = (words) => page.locator(".gallery input[type=search]").fill(words);
  const count = async () => parseInt(await page.locator(".gallery .found").textContent(), 10);
  return { page, find, texts, count };
}

test("what people type finds something, and the best stands first", async () => {
  const { page, find, texts, count } = await opened();
  for (const [words, least] of [
    ["github actions", 2],
    ["cross account s3", 3],
    ["encrypted bucket", 3],
    ["sso", 2],
    ["region", 3],
    ["terraform", 1],
    ["irsa", 1],
    ["oidc", 2],
    ["AccessDenied", 10],
    ["GenerateDataKey", 5],
    ["cloudfront", 2],
    ["aws:SourceIp", 2],
    ["mfa", 2],
  ]) {
    await find(words);
    await soon(async () => assert.ok((await count()) >= least, `${words}: ${await count()}`));
  }
  // What is found has the word, or is a thing that the table of synonyms calls so.
  for (const [words, titles, most] of [
    ["terraform", /PassRole|boundary|passed|denies every Region|closes all Regions|upload to an encrypted bucket/, 6],
    ["sso", /Identity Center|single sign-on/i, 6],
    ["irsa", /GitHub|token/, 6],
    ["github actions", /GitHub|token/, 6],
    ["ecr", /ECR|image|container/i, 6],
    ["encrypted bucket", /./, 24],
    ["cross account s3", /./, 36],
    ["region", /./, 15],
  ]) {
    await find(words);
    await soon(async () => {
      const hits = await texts(".hits li");
      assert.ok(hits.length > 0 && hits.length <= most, `${words}: ${hits.length}`);
      for (const hit of hits) assert.match(hit, titles);
    });
  }
  // Who looks for something has mostly been denied it.
  await find("region");
  await soon(async () => assert.match((await texts(".hits li"))[0], /denies every Region but two/));
  await find("ecr");
  await soon(async () => {
    const ecr = await texts(".hits li");
    assert.ok(ecr.length > 0 && ecr.length < 20, `ecr: ${ecr.length}`);
    assert.match(ecr[0], /ECR|image|container/i);
  });
  await page.finish();
});

test("where nothing fits there are words like it, and what fits in part", async () => {
  const { page, find, count } = await opened();
  await find("clodfront");
  await soon(async () => assert.equal(await count(), 0));
  await page.getByText("No scenario matches.").waitFor();
  await page.locator(".none .chip", { hasText: /^cloudfront$/ }).click();
  await soon(async () => assert.ok((await count()) > 0));
  await focused(page, ".gallery input[type=search]");
  await find("cloudfront xylophone");
  await soon(async () => assert.equal(await count(), 0));
  await page.locator(".hits h3", { hasText: "Some of the words" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await focused(page, ".gallery .hits li button");
  await page.finish();
});

test("the list is grouped by the question, or by subject, from the keyboard", async () => {
  const { page, texts } = await opened();
  const heads = () => texts(".hits h3");
  await soon(async () => {
    const questions = await heads();
    assert.ok(questions.length >= 4 && questions.every((head) => head.includes("?")), questions.join());
  });
  const by = page.getByRole("combobox", { name: "Grouped by" });
  await by.focus();
  await by.press("s");
  await until(page, () => document.querySelector(".hits h3")?.textContent.startsWith("KMS"));
  await soon(async () => assert.ok((await heads()).length > 10));
  await page.finish();
});

test("Escape leaves the gallery with one press, whatever was looked for", async () => {
  const { page, find } = await opened();
  await find("kms");
  await page.keyboard.press("Escape");
  await until(page, () => document.querySelector("dialog[open]") === null);
  await focused(page, "scenario-gallery button");
  await page.finish();
});
