// The answer column and the combination tables: what a reader does with them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromiumOnly, counted, editor, focused, holds, inFirefox, paste, soon, start, until, value, verdict } from "./page.mjs";

const IDENTITY = "identity/app-inline.json";

const ACROSS = `Across accounts

-- request --
principal: arn:aws:sts::444455556666:assumed-role/partner/i-0abc
action: s3:GetObject
resource: arn:aws:s3:::shared-reports/q1.csv
resource-account: 111122223333
-- resource.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::444455556666:role/partner"}, "Action": "s3:GetObject", "Resource": "*"}}
-- identity/read-shared.json --
{"Version": "2012-10-17", "Statement": [
  {"Effect": "Allow", "Action": "s3:*", "Resource": "*"},
  {"Sid": "Off", "Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}]}
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

const row = (page, id) => page.locator(`tr[data-id="${id}"]`);

const LIST_ON_OBJECTS = `Listing a bucket, asked on its objects

-- request --
principal: arn:aws:iam::111122223333:user/alice
action: s3:ListBucket
resource: arn:aws:s3:::bucket/key
resource-account: 111122223333
-- identity/p.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::bucket/*"}]}
`;

test("an action is judged on what AWS checks it on: the page fetches what AWS knows of the service", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await load(page, LIST_ON_OBJECTS);
  await verdict(page, /ListBucket.*Denied|Denied.*ListBucket/s);
  await page.finish();
});

test("without what AWS knows of a service there is an answer, and a word about that", async () => {
  const page = await site.open({ init: (opened) => opened.route("**/catalogue/s3.txt*", (route) => route.abort()) });
  await verdict(page, /Denied/);
  await load(page, LIST_ON_OBJECTS);
  await page.locator(".trouble", { hasText: "What AWS knows of the actions of s3 could not be fetched." }).waitFor();
  await verdict(page, /Allowed/);
  // The browser tells of every file that it can't get.
  const told = page.faults.splice(0);
  assert.ok((inFirefox || told.length > 0) && told.every((fault) => fault.includes("catalogue/s3.txt")), told.join("\n"));
  await page.finish();
});

const MFA = `A role that asks for MFA

-- request/assume --
principal: arn:aws:iam::111122223333:user/lea
action: sts:AssumeRole
resource: arn:aws:iam::111122223333:role/admin
-- request/tag --
principal: arn:aws:iam::111122223333:user/lea
action: sts:TagSession
resource: arn:aws:iam::111122223333:role/admin
aws:MultiFactorAuthPresent: true
-- resource.json --
{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:user/lea"}, "Action": "sts:AssumeRole",
  "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}]}
`;

test("while the engine judges what is typed, the verdict says so and nothing else is drawn", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const typed = await page.evaluate(() => {
    const input = document.querySelector(".action input");
    input.value = "kms:Encrypt";
    input.dispatchEvent(new Event("input", { bubbles: true }));
    return { busy: document.querySelector(".verdict").ariaBusy, drawing: document.querySelector("why403-app").isUpdatePending };
  });
  assert.deepEqual(typed, { busy: "true", drawing: false });
  await verdict(page, /Allowed/);
  // The tables are drawn after the verdict.
  const drawn = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const watched = { subtree: true, childList: true, characterData: true };
        const see = () =>
          /Denied/.test(document.querySelector(".verdict").textContent) && resolve(document.querySelector("access-tables").isUpdatePending);
        new MutationObserver(see).observe(document.querySelector("answer-view"), watched);
        const input = document.querySelector(".action input");
        input.value = "kms:Decrypt";
        input.dispatchEvent(new Event("input", { bubbles: true }));
      }),
  );
  assert.equal(drawn, true);
  await until(page, () => !document.querySelector("access-tables").isUpdatePending);
  await page.finish();
});

test("an answer is drawn once, and a closed dialog not at all", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.locator("policy-editor").first().waitFor();
  await until(page, () => document.querySelector("witness-box")?.hasUpdated && document.querySelector("access-tables")?.hasUpdated);
  // What comes after the first answer is there.
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    const answer = document.querySelector("answer-view");
    globalThis.drawn = [];
    let answered = false;
    const draw = answer.performUpdate;
    answer.performUpdate = function () {
      // The condition keys of another action come after it, to the page and the request.
      if (answered) globalThis.drawn.push("answer-view");
      draw.call(this);
      answered ||= /Allowed/.test(answer.textContent);
    };
    const share = new MutationObserver((records) => globalThis.drawn.push(`share-box: ${records.length}`));
    share.observe(document.querySelector("share-box"), { subtree: true, childList: true, characterData: true, attributes: true });
    const input = document.querySelector(".action input");
    input.value = "kms:Encrypt";
    input.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await verdict(page, /Allowed/);
  await until(page, () => !document.querySelector("access-tables").isUpdatePending);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestIdleCallback(resolve))));
  assert.deepEqual(await page.evaluate(() => globalThis.drawn), []);
  await page.finish();
});

test("a change that lets the request in is shown, applied, told, and undone", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const before = await value(page, IDENTITY);
  const show = page
    .locator(".fixes > li")
    .first()
    .getByRole("button", { name: /^Show the change: Add kms:Decrypt/ });
  await show.click();
  await page.locator(".fix figcaption").waitFor();
  assert.equal(await show.getAttribute("aria-expanded"), "true");
  assert.match(await page.locator(".fix figcaption").innerText(), /app-inline/);
  const added = await page.locator(".diff ins").allTextContents();
  assert.ok(added.length > 0 && added.every((line) => line.startsWith("+")), added.join("\n"));
  assert.match(added.join("\n"), /kms:Decrypt/);
  // To look at a change changes nothing.
  assert.equal(await value(page, IDENTITY), before);
  await page
    .locator(".fix")
    .getByRole("button", { name: /^Apply/ })
    .click();
  await focused(page, ".verdict");
  await verdict(page, /Allowed/);
  await soon(async () => assert.notEqual(await value(page, IDENTITY), before));
  await counted(page, ".fixes, .fix", 0);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await verdict(page, /Denied/);
  await holds(page, IDENTITY, before);
  await page.finish();
});

test("what the request has to say comes first, and what gives up a guard says so", async () => {
  const page = await site.open();
  await load(page, MFA);
  await verdict(page, /Denied/);
  const first = page.locator(".fixes > li").first();
  await first.getByRole("button", { name: "Show the change: Sign in with MFA" }).click();
  await first.locator(".diff ins", { hasText: "aws:MultiFactorAuthPresent: true" }).waitFor();
  await page.locator(".fixes .weakens .loosens", { hasText: "whose author asks for aws:MultiFactorAuthPresent" }).first().waitFor();
  await first.getByRole("button", { name: /^Apply/ }).click();
  await verdict(page, /Allowed/);
  // The other request is as it was.
  await page.locator("request-fields select, request-fields [name=request]").first().waitFor();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await verdict(page, /Denied/);
  await page.finish();
});

test("a change is copied in the form that a tool takes", async () => {
  const page = await site.open({ permissions: ["clipboard-read", "clipboard-write"] });
  await verdict(page, /Denied/);
  await page
    .locator(".fixes > li")
    .first()
    .getByRole("button", { name: /^Show the change/ })
    .click();
  for (const [form, part] of [
    ["Policy JSON", '"kms:Decrypt"'],
    ["AWS CLI", "aws iam put-role-policy --role-name "],
    ["Terraform", "statement {"],
    ["CloudFormation", "- Effect: Allow"],
  ]) {
    await page
      .locator(".fix .copies")
      .getByRole("button", { name: `Copy as ${form}` })
      .click();
    await until(page, async (wanted) => (await navigator.clipboard.readText()).includes(wanted), part);
  }
  await page.finish();
});

test("where nothing would let it in, the reason stands in its place", async () => {
  const page = await site.open();
  await load(
    page,
    "Unknown\n\n-- request --\nprincipal: sns.amazonaws.com\naction: kms:Decrypt\nresource: arn:aws:kms:us-east-1:111122223333:key/k\n",
  );
  await verdict(page, /Denied/);
  await page.locator(".no-fix", { hasText: "aws kms get-key-policy" }).waitFor();
  await page.finish();
});

test("the answer is copied, as AWS's sentence and as Markdown", async () => {
  const page = await site.open({ permissions: ["clipboard-read", "clipboard-write"] });
  await verdict(page, /Denied/);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole("button", { name: "Copy the sentence" }).click();
  await page.locator("why403-copy [role=status]", { hasText: "Copied" }).first().waitFor();
  assert.equal(await clipboard(), await page.locator(".aws blockquote").innerText());
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  await until(page, async () => (await navigator.clipboard.readText()).startsWith("# "));
  const text = await clipboard();
  for (const part of [
    "| action | `kms:Decrypt` |",
    "Denied (implicit deny)",
    "\n> User: ",
    "## Ways in",
    "### `identity/app-inline.json`\n\n```json\n{",
    "#s=",
  ]) {
    assert.ok(text.includes(part), `${part} is missing in\n${text}`);
  }
  await page.finish();
});

test("where the clipboard is forbidden, the text is selected for the keys", async () => {
  const page = await site.open({
    init: (p) =>
      p.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } })),
  });
  await verdict(page, /Denied/);
  await page.getByRole("button", { name: "Copy the sentence" }).click();
  await page.locator("why403-copy", { hasText: "Press Ctrl+C" }).waitFor();
  const sentence = await page.locator(".aws blockquote").innerText();
  await soon(async () => assert.equal(await page.evaluate(() => getSelection().toString()), sentence));
  await page.getByRole("button", { name: "Copy as Markdown" }).click();
  await until(page, () => document.activeElement?.matches("why403-copy textarea"));
  await soon(async () => assert.match(await page.evaluate(() => getSelection().toString()), /^# /));
  await page.finish();
});

test("across accounts each side has its lane, and an explicit deny ends the line", async () => {
  // Where there is less room the lanes stand beside each other and run down.
  const page = await site.open({ viewport: { width: 1600, height: 900 } });
  await verdict(page, /Denied/);
  await counted(page, ".lane", 1);
  await load(page, ACROSS);
  await verdict(page, /explicit deny/);
  await counted(page, ".lane h4", 2);
  const lanes = await page.locator(".lane h4").allTextContents();
  assert.deepEqual(
    lanes.map((text) => text.replace(/\s+/g, " ").trim()),
    ["Caller's account 444455556666 ✕ denies", "Resource's account 111122223333 ✓ way open"],
  );
  const said = await page.locator(".lane").first().locator(".word").allTextContents();
  assert.deepEqual(said, ["absent", "denies", "absent", "absent"]);
  const stopped = page.locator(".lane.stopped .past");
  await counted(page, ".lane.stopped .past", 2);
  // The nodes of both lanes stand in the same columns, whichever lane has more.
  const columns = await page
    .locator(".lane")
    .evaluateAll((all) => all.map((lane) => [...lane.querySelectorAll("li")].map((node) => Math.round(node.getBoundingClientRect().left))));
  const [few, many] = columns.toSorted((a, b) => a.length - b.length);
  assert.ok(few.length < many.length);
  assert.deepEqual(few, many.slice(0, few.length));
  // All lines of the lane end at the node that denies.
  const line = (locator, pseudo) => locator.evaluate((node, name) => getComputedStyle(node, name).borderTopColor, pseudo);
  assert.equal(await line(stopped.first(), "::before"), "rgba(0, 0, 0, 0)");
  assert.notEqual(await line(page.locator(".lane").last().locator("li").last(), "::after"), "rgba(0, 0, 0, 0)");
  await page.finish();
});

test("the tables differ in words, say why, and each row has an address", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.getByRole("radio", { name: /^Differences/ }).check();
  const [same, cross] = ["same-account/explicit/none/none", "cross-account/explicit/none/none"];
  await row(page, same).getByText("only in the same account").waitFor();
  await row(page, cross).getByText("allowed in the same account").waitFor();
  await counted(page, "tr.reason", 0);
  await page.getByRole("checkbox", { name: "Say why" }).check();
  await counted(page, "tr.reason", await page.locator("tr[data-id]").count());
  await row(page, cross).hover();
  await row(page, cross).getByRole("link", { name: "Link to this case" }).click();
  await row(page, cross).getByText("your case").waitFor();
  await soon(async () => assert.ok(page.url().endsWith(`#row=${cross}`), page.url()));
  await verdict(page, /Across accounts both must/);
  await page.finish();
});

test("the address of a row opens its case, in a view that shows it", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const id = "cross-account/none/none/none";
  await page.goto("about:blank");
  await page.goto(`${site.url}#row=${id}`);
  await row(page, id).and(page.locator(".target")).waitFor();
  await page.getByRole("radio", { name: /^Without grants/, checked: true }).waitFor();
  await until(page, (wanted) => document.activeElement?.closest("tr")?.dataset.id === wanted, id);
  await until(page, () => document.querySelector("tr.target").getBoundingClientRect().bottom <= innerHeight);
  await page.finish();
});

test(
  "a statement that is asked for is brought into view, without motion where none is wanted",
  chromiumOnly("its driver sets no media features"),
  async () => {
    const page = await site.open({ reducedMotion: "reduce", viewport: { width: 1280, height: 500 } });
    await verdict(page, /Denied/);
    const statements = Array.from({ length: 300 }, (_, i) => ({ Sid: `S${i}`, Effect: "Allow", Action: "kms:Encrypt", Resource: "*" }));
    await load(
      page,
      `Many\n\n-- request --\nprincipal: arn:aws:iam::111122223333:user/ann\naction: kms:Decrypt\nresource: arn:aws:kms:us-east-1:111122223333:key/1\n-- identity/many.json --\n${JSON.stringify({ Version: "2012-10-17", Statement: statements })}\n`,
    );
    await page.getByText("1 to 100 of 300 statements").waitFor();
    // Fixes may come after that, above it.
    await page.locator("answer-view").evaluate((view) => view.showRow("identity/many.json", 299));
    const shown = page.locator(".statements tr.shown");
    await shown.waitFor();
    assert.match(await shown.textContent(), /S299/);
    await focused(page, ".shown button.row");
    await soon(async () => assert.equal(await shown.evaluate((node) => node.getAnimations().length), 0));
    await until(page, () => document.querySelector("tr.shown").getBoundingClientRect().bottom <= innerHeight);
    await page.keyboard.press("Tab");
    await until(page, () => !document.querySelector("tr.shown"));
    await page.finish();
  },
);

test("long names stay inside the page, and the tables fit a phone", async () => {
  const page = await site.open({ viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true });
  await verdict(page, /Denied/);
  const sid = "S".repeat(20_000);
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Sid: sid, Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" },
  });
  await load(
    page,
    `Long\n\n-- request --\nprincipal: arn:aws:iam::111122223333:user/${"a".repeat(500)}\naction: s3:GetObject\nresource: arn:aws:s3:::${"b".repeat(900)}/x\n-- resource.json --\n${policy}\n`,
  );
  await verdict(page, /explicit deny/);
  await page.getByRole("heading", { name: "S3 access combinations" }).waitFor();
  await page.getByLabel("Service").selectOption("KMS");
  await page.getByRole("heading", { name: "KMS access combinations" }).waitFor();
  await page.getByRole("radio", { name: /^All/ }).check();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  const tall = await page
    .locator(".statements .sid")
    .first()
    .evaluate((node) => [node.textContent.length, node.offsetHeight]);
  assert.ok(tall[0] === sid.length && tall[1] < 100, String(tall));
  // A row of the tables has all its parts in sight, each with its name; the outcome stands above them.
  const cells = row(page, "cross-account/none/allow/explicit-by-key-account");
  assert.match(
    await cells.innerText(),
    /Key policy\s+none[^]*Identity-based policy\s+allows\s+Grant\s+names caller, made by key's account[^]*allowed/,
  );
  const tops = await cells.locator(".access, .part").evaluateAll((nodes) => nodes.map((node) => node.getBoundingClientRect().top));
  assert.equal(Math.min(...tops), tops.at(-1), String(tops));
  assert.equal(await cells.locator(".permalink").evaluate((node) => getComputedStyle(node).opacity), "1");
  await page.finish();
});

test("on paper there is everything and nothing to press", chromiumOnly("its driver sets no media features"), async () => {
  const page = await site.open({ colorScheme: "dark" });
  await verdict(page, /Denied/);
  await editor(page, IDENTITY);
  await page.locator("access-tables").scrollIntoViewIfNeeded();
  await page.locator("access-tables th > button").first().waitFor();
  await page.emulateMedia({ media: "print" });
  // A long policy is not cut off where the editor would scroll.
  assert.equal(
    await page
      .locator("policy-editor .cm-editor")
      .first()
      .evaluate((node) => getComputedStyle(node).maxHeight),
    "none",
  );
  for (const gone of [".pin", ".copies", ".fixes .add", ".view-bar", ".chips", ".tools", ".alone"])
    await page.locator(gone).first().waitFor({ state: "hidden" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  for (const kept of [
    ".printed",
    ".verdict",
    ".aws blockquote",
    ".statements .sid",
    "tr[data-id] button.row",
    ".path",
    "access-tables th > button",
  ])
    await page.locator(kept).first().waitFor();
  const colours = await page
    .locator(".why")
    .evaluate((node) => [getComputedStyle(node).color, getComputedStyle(document.body).backgroundColor]);
  assert.deepEqual(colours, ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
  await page.finish();
});

test(
  "on paper nothing is folded after its pages are counted, and the answer comes first",
  chromiumOnly("its driver makes no PDF"),
  async () => {
    // The first to hear that printing is over: what it unfolded is folded again behind it.
    const init = (opened) => opened.addInitScript(() => addEventListener("afterprint", () => globalThis.printed?.()));
    const page = await site.open({ init });
    await verdict(page, /Denied/);
    await page.locator("answer-view details[open] .path").first().waitFor();
    await page.evaluate(() => {
      globalThis.opened = globalThis.folds = 0;
      const count = (changes) => {
        for (const { target } of changes) target.open ? globalThis.opened++ : globalThis.folds++;
      };
      const observer = new MutationObserver(count);
      observer.observe(document.querySelector("answer-view"), { subtree: true, attributes: true, attributeFilter: ["open"] });
      globalThis.printed = () => {
        count(observer.takeRecords());
        observer.disconnect();
      };
    });
    await page.pdf({ format: "A4" });
    assert.equal(await page.evaluate(() => globalThis.folds), 0);
    assert.ok((await page.evaluate(() => globalThis.opened)) > 0);
    assert.equal(await page.evaluate(() => document.querySelectorAll("answer-view .closed-ways[open]").length), 0);

    await page.emulateMedia({ media: "print" });
    const top = (selector) => page.locator(selector).evaluate((part) => part.getBoundingClientRect().top);
    assert.ok((await top("answer-view")) < (await top("policy-list")));
    assert.ok((await top("answer-view")) < (await top("request-fields")));
    await page.finish();
  },
);

test("where another policy decides, the tables do not speak for the whole answer", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.locator('tr[data-id="same-account/explicit/none/none"] button.row').click();
  await verdict(page, /Allowed/);
  await soon(async () => assert.match(await page.locator("p.own").innerText(), /^(?![^]*all that you pasted)[^]*allowed/));
  await page.getByRole("button", { name: "+ SCP" }).click();
  await paste(
    page,
    "scp/1-root/scp.json",
    '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "kms:*", "Resource": "*"}}',
  );
  await verdict(page, /explicit deny/);
  await page.locator("p.own", { hasText: /allowed.*With\s+all\s+that\s+you\s+pasted\s+the\s+answer\s+is\s+explicit\s+deny/s }).waitFor();
  await page.finish();
});
