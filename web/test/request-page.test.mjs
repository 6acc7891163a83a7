// The inputs beside the editor: requests, context keys, title and notes, the
// gallery, the import.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addLine, counted, field, focused, more, paste, soon, start, typeFast, typeOver, until, verdict } from "./page.mjs";

const IDENTITY = "identity/app-inline.json";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const IAM = (statement) => JSON.stringify({ Version: "2012-10-17", Statement: statement });
const MESSAGE =
  "An error occurred (AccessDenied) when calling the PutObject operation: User: arn:aws:sts::444455556666:assumed-role/upload/s1 is not authorized " +
  'to perform: s3:PutObject on resource: "arn:aws:s3:::reports/2026.csv" because no identity-based policy allows the s3:PutObject action';

/** The scenario text of the page. */
const scenario = (page) => page.evaluate(() => document.querySelector("share-box").makeFile());
const writes = (page, pattern) => soon(async () => assert.match(await scenario(page), pattern));
const pasted = (page, text) => soon(async () => assert.equal(await page.locator(".import textarea").inputValue(), text));
const button = (page, name) => page.getByRole("button", { name, exact: true });
const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test("a bucket, whose ARN has no account, can be another account's: by the switch, and by a field", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await field(page, "Action", "s3:GetObject");
  await field(page, "Resource", "arn:aws:s3:::reports/2026.csv");
  const cross = page.getByRole("radio", { name: "Cross-account" });
  await button(page, "+ Bucket's account").waitFor();
  await cross.click();
  await until(page, () => document.querySelector("share-box").makeFile().includes("\nresource-account: 111122223333\n"));
  await writes(page, /^principal: arn:aws:sts::444455556666:/m);
  await until(page, () => document.querySelector('input[value="cross-account"]').checked);
  // What a person types there moves the switch, too.
  await button(page, "+ Bucket's account").waitFor({ state: "detached" });
  await page.locator(".lines input.code").last().fill("444455556666");
  await until(page, () => document.querySelector('input[value="same-account"]').checked);
  await page.finish();
});

test("a second request makes a table: names, outcomes, what is expected, which one is explained", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.getByLabel("Expected outcome").selectOption("implicit deny");
  await page.getByText("✓ met").waitFor();

  await button(page, "+ Request").click();
  await focused(page, ".requests tr.explained .name");
  await counted(page, ".requests tbody tr", 2);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("the encrypt/one");
  await page.keyboard.press("Enter");
  await page.getByLabel("Expected outcome of the-encrypt-one").selectOption("explicit deny");
  await field(page, "Action", "kms:Encrypt");
  await verdict(page, /Allowed/);
  await page.locator(".requests tr.explained", { hasText: /kms:Encrypt[\s\S]*allowed[\s\S]*✕ not met/ }).waitFor();
  await page.locator(".requests tbody tr:first-child", { hasText: /kms:Decrypt[\s\S]*implicit deny[\s\S]*✓ met/ }).waitFor();
  await writes(page, /-- want\/the-encrypt-one --\nexplicit deny\n/);

  // The arrow keys choose which one is explained.
  await page.getByRole("radio", { name: "Explain the-encrypt-one" }).focus();
  await page.keyboard.press("ArrowUp");
  await verdict(page, /Denied/);
  await soon(async () => assert.equal(await page.getByLabel("Action", { exact: true }).inputValue(), "kms:Decrypt"));

  await more(page, "the-encrypt-one", "Remove");
  await focused(page, ".add-request");
  await counted(page, ".requests", 0);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await page.locator(".requests").waitFor();
  await page.finish();
});

test("a request moves up and down by its menu, the focus goes with it, and undo takes it back", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await button(page, "+ Request").click();
  await focused(page, ".requests tr.explained .name");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("second");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "More for second", exact: true }).waitFor();
  const rows = (first) => until(page, (name) => document.querySelector(".requests tbody tr .name").placeholder === name, first);
  await rows("request-1");

  await more(page, "second", "Move up");
  await rows("second");
  // The row that was moved is still the one that is explained, and its menu stays open.
  await until(page, () => document.querySelector(".requests tbody tr").matches(".explained:has(.menu)"));
  await until(page, () => document.activeElement?.textContent === "Move up" && document.activeElement.ariaDisabled === "true");
  assert.match(await scenario(page), /-- request\/second --[^]*-- request --/);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await rows("request-1");
  await until(page, () => document.activeElement?.textContent === "Move down" && document.activeElement.ariaDisabled === "true");
  await page.keyboard.press("Escape");
  await until(page, () => document.activeElement?.getAttribute("aria-label") === "More for second");
  await page.getByRole("button", { name: /^Undo/ }).click();
  await rows("second");
  await page.finish();
});

test("requests that nobody named have numbers, copied or imported alike, and keep them where they are moved", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const names = () => page.locator(".requests tbody .name").evaluateAll((all) => all.map((each) => each.value || each.placeholder));
  await button(page, "+ Request").click();
  await soon(async () => assert.deepEqual(await names(), ["request-1", "request-2"]));
  await more(page, "request-2", "Move up");
  await soon(async () => assert.deepEqual(await names(), ["request-2", "request-1"]));
  await page.keyboard.press("Escape");
  // Until then the menu gives the focus back to its button, from wherever it is.
  await until(page, () => document.activeElement?.getAttribute("aria-label") === "More for request-2");
  // A person's name that a number would have is not given a second time.
  await typeOver(page, page.getByLabel("Name of request-2", { exact: true }), "request-3");
  await button(page, "+ Request").click();
  await soon(async () => assert.deepEqual(await names(), ["request-3", "request-1", "request-4"]));

  await page
    .locator("#start-text")
    .fill(
      "User: arn:aws:sts::111122223333:assumed-role/app/i-0abc is not authorized to perform: kms:GenerateDataKey on resource: " +
        "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    );
  await button(page, "Read it").click();
  await button(page, "Use it").click();
  await page.getByText("On the page now.").waitFor();
  await page.keyboard.press("Escape");
  await soon(async () => assert.deepEqual(await names(), ["request-3", "request-1", "request-4", "request-5"]));
  await page.finish();
});

test("a name that is not kept as it was typed is told with what it is now", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const told = (within) => page.locator(`${within} .renamed`);
  const type = (box, name) => typeOver(page, box, name);
  const first = page.locator('policy-card[data-section^="identity/"] .name').first();
  await type(first, "what app may / draft.json");
  await told("policy-card").getByText("“what app may / draft” is kept as “what-app-may-draft”.").waitFor();
  assert.equal(await told("policy-card").getAttribute("role"), "status");
  await type(first, "app");
  await soon(async () => assert.equal(await told("policy-card").textContent(), ""));
  await button(page, "+ Identity-based policy").click();
  await counted(page, 'policy-card[data-section^="identity/"]', 2);
  await type(page.locator('policy-card[data-section="identity/policy.json"] .name'), "app");
  await told("policy-card").getByText("“app” is kept as “app-2”.").waitFor();

  await button(page, "+ Entity").click();
  await type(page.getByLabel("Name of this entity"), "the key");
  await told("folder-head").getByText("“the key” is kept as “the-key”.").waitFor();
  await button(page, "+ Request").click();
  await focused(page, ".requests tr.explained .name");
  await type(page.locator(".requests tr.explained .name"), "read / list");
  await told(".request").getByText("“read / list” is kept as “read-list”.").waitFor();
  await page.finish();
});

test("a request with a problem says so in its row", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await button(page, "+ Request").click();
  await field(page, "Principal", "nobody");
  await page.locator(".requests tr.explained", { hasText: "! 1 problem" }).waitFor();
  const principal = page.getByLabel("Principal", { exact: true });
  await soon(async () => assert.equal(await principal.getAttribute("aria-invalid"), "true"));
  await page.locator(`#${await principal.getAttribute("aria-describedby")}`, { hasText: "not a principal" }).waitFor();
  assert.equal(await page.getByLabel("Action", { exact: true }).getAttribute("aria-invalid"), null);
  await page.finish();
});

test("one key has several values, each in its line", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await paste(
    page,
    IDENTITY,
    IAM({ Effect: "Allow", Action: "kms:*", Resource: "*", Condition: { "ForAnyValue:StringEquals": { "aws:CalledVia": "two" } } }),
  );
  await addLine(page, "aws:CalledVia", "one");
  await addLine(page, "aws:SourceIp", "203.0.113.7");
  await verdict(page, /Denied/);
  await button(page, "Add a value to aws:CalledVia").click();
  await focused(page, ".line .value");
  await page.keyboard.type("two");
  await verdict(page, /Allowed/);
  await writes(page, /aws:CalledVia: one\naws:CalledVia: two\naws:SourceIp: 203\.0\.113\.7\n/);
  // The key is shown once for its values, and typing over it changes it for all of them.
  const keys = page.locator(".line .key");
  await soon(async () => assert.equal(await keys.count(), 2));
  await keys.first().focus();
  await page.keyboard.press("End");
  await page.keyboard.type("X");
  await writes(page, /aws:CalledViaX: one\naws:CalledViaX: two\naws:SourceIp: 203\.0\.113\.7\n/);
  await focused(page, '[aria-label="Key"]');
  await page.keyboard.press("Backspace");
  await verdict(page, /Allowed/);
  // Fingers are faster than the page: what was typed last holds, for all values.
  const [key, value] = [".line .key", '.line [aria-label="Value of aws:CalledVia"]'];
  await typeFast(page, [[value, "uno"], [key, "aws:Called"], [key, "aws:CalledVia"]]); // prettier-ignore
  await writes(page, /aws:CalledVia: uno\naws:CalledVia: two\naws:SourceIp: 203\.0\.113\.7\n/);
  // The focus goes on to the line that took the place of the removed one.
  await button(page, "Remove aws:CalledVia").last().click();
  await focused(page, '[aria-label="Remove aws:SourceIp"]');
  await verdict(page, /Denied/);
  await page.finish();
});

test("S3 settings and ACLs are offered for S3 only, with AWS's values", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  for (const name of ["+ Object Ownership", "+ Block Public Access", "+ Bucket ACL", "+ Object ACL"]) {
    assert.equal(await button(page, name).count(), 0, name);
  }
  await field(page, "Action", "s3:GetObject");
  await field(page, "Resource", "arn:aws:s3:::reports/2026.csv");
  await button(page, "+ Object ACL").waitFor();
  await button(page, "+ Bucket ACL").waitFor();
  await button(page, "+ Object Ownership").click();
  await focused(page, "select.value");
  await page.getByLabel("Value of object-ownership").selectOption("ObjectWriter");
  await button(page, "+ Block Public Access").click();
  await focused(page, ".any input");
  await page.getByRole("checkbox", { name: "RestrictPublicBuckets" }).check();
  await page.getByRole("checkbox", { name: "BlockPublicAcls" }).check();
  await writes(page, /object-ownership: ObjectWriter\nblock-public-access: BlockPublicAcls RestrictPublicBuckets\n/);
  await button(page, "+ Object Ownership").waitFor({ state: "detached" });
  await verdict(page, /Denied/);
  await page.finish();
});

test("SCPs have levels: a new one goes to the last, a name moves it to another", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const cards = page.locator('policy-card[data-section^="scp/"]');
  const are = (...names) =>
    soon(async () => assert.deepEqual(await cards.evaluateAll((all) => all.map((card) => card.dataset.section)), names));
  await button(page, "+ SCP").click();
  await are("scp/1-root/scp.json");
  await button(page, "+ SCP level").click();
  await are("scp/1-root/scp.json", "scp/2-ou/scp.json");
  await button(page, "+ SCP").click();
  await are("scp/1-root/scp.json", "scp/2-ou/scp.json", "scp/2-ou/scp-2.json");
  await cards
    .nth(1)
    .locator("h3", { hasText: /^\s*SCP · level 2 \(ou\)/ })
    .waitFor();
  const name = page.locator('policy-card[data-section="scp/2-ou/scp.json"]').getByLabel(/^Name of this/);
  await typeOver(page, name, "3-account/guard");
  await page.locator('policy-card[data-section="scp/3-account/guard.json"]').waitFor();
  await are("scp/1-root/scp.json", "scp/2-ou/scp-2.json", "scp/3-account/guard.json");
  await page.finish();
});

test("title and notes can be edited", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.getByLabel("Title", { exact: true }).fill("Mine");
  await button(page, "Notes").click();
  await focused(page, "#notes button");
  assert.equal(
    await page.locator("#notes a").getAttribute("href"),
    "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
  );
  await button(page, "Edit notes").click();
  await focused(page, "#notes textarea");
  await page.getByLabel("Notes", { exact: true }).and(page.locator("textarea")).fill("One.\n\nTwo.");
  await button(page, "Done").click();
  await counted(page, "#notes p", 2);
  await writes(page, /^Mine\n\nOne\.\n\nTwo\.\n\n-- request --/);
  await page.finish();
});

test("the forms of a principal are a press away", async () => {
  const page = await site.open();
  const help = button(page, "Principal formats");
  await help.press("Enter");
  await soon(async () => assert.equal(await help.getAttribute("aria-expanded"), "true"));
  await page.locator("#principal-help", { hasText: "arn:aws:iam::111122223333:root" }).waitFor();
  await help.press("Enter");
  await counted(page, "#principal-help", 0);
  await page.finish();
});

test("the gallery: search, filters, keyboard, and where the focus goes", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const opener = page.getByRole("button", { name: /^Gallery \(\d+\)/ });
  await opener.click();
  await focused(page, "input[type=search]");
  const hits = page.locator(".hits li button");
  const facet = (name) => page.getByRole("dialog").getByRole("combobox", { name, exact: true });
  await hits.first().waitFor();
  const all = await hits.count();
  await page.locator(".gallery [role=status]").getByText(`${all} of ${all} scenarios`, { exact: true }).waitFor();

  await page.keyboard.type("no such scenario");
  await page.getByText("No scenario matches.").waitFor();
  await button(page, "Clear filters").click();
  await focused(page, "input[type=search]");
  await counted(page, ".hits li button", all);

  await facet("Outcome").selectOption("explicit deny");
  await facet("Service").selectOption("KMS");
  // The option says how many there are.
  await soon(async () => {
    const shown = await hits.count();
    assert.ok(shown > 0 && shown < all, `${shown} of ${all}`);
    assert.equal(await facet("Service").locator("option:checked").textContent(), `KMS (${shown})`);
    for (const text of await hits.allTextContents()) assert.match(text, /explicit deny/);
  });

  await page.locator(".gallery input").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await until(page, () => document.activeElement === document.querySelectorAll(".hits li button")[1]);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await focused(page, "input[type=search]");
  await page.keyboard.press("Escape");
  await until(page, () => document.activeElement?.textContent.trim().startsWith("Gallery ("));

  // What was looked for is still there.
  await page.keyboard.press("Enter");
  await focused(page, "input[type=search]");
  const title = await hits.first().locator("b").first().textContent();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await until(page, (wanted) => document.querySelector(".title textarea").value === wanted, title);
  await soon(async () => assert.match(new URL(page.url()).hash, /^#example=.+\.txtar$/));
  await counted(page, "dialog[open]", 0);
  await page.finish();
});

/** Opens the import dialog and pastes a text. */
async function importing(page, text) {
  await button(page, "Import an error").click();
  await focused(page, ".import textarea");
  await page.locator(".import textarea").fill(text);
}

test("an access denied message becomes the page's request; undo takes it back", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const principal = page.getByLabel("Principal", { exact: true });
  const old = await principal.inputValue();
  await importing(page, MESSAGE);
  await page.locator(".import-state", { hasText: "Recognised as: S3's access denied message" }).waitFor();
  await page.locator(".facts-of", { hasText: "s3:PutObject" }).waitFor();

  // Closing loses nothing.
  await page.keyboard.press("Escape");
  await button(page, "Import an error").click();
  await pasted(page, MESSAGE);

  await button(page, "Use it").click();
  await page.getByText("On the page now.").waitFor();
  await focused(page, ".import textarea");
  await pasted(page, "");
  await page.getByRole("heading", { name: "Paste next" }).waitFor();
  await button(page, "Put the earlier text back").click();
  await pasted(page, MESSAGE);
  await button(page, "Done").click();
  await focused(page, "#answer");
  await soon(async () => assert.equal(await principal.inputValue(), "arn:aws:sts::444455556666:assumed-role/upload/s1"));
  await verdict(page, /Depends/);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await until(page, (was) => document.querySelector(".principal input").value === was, old);
  await page.finish();
});

test("what is pasted beside every field opens the import; a file can be dropped on it", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.body.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, dataType: "text/plain", data: text, bubbles: true, cancelable: true }),
    );
  }, MESSAGE);
  await page.locator(".import-state", { hasText: "Recognised as" }).waitFor();
  await focused(page, ".import textarea");
  await page.locator(".import").evaluate((dialog) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["not from AWS"], "notes.txt"));
    dialog.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  });
  await page.locator(".import .problems", { hasText: "not recognised" }).waitFor();
  await pasted(page, "not from AWS");
  assert.ok(await button(page, "Use it").isDisabled());
  await page.finish();
});

test("a choice among many has a filter", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const role = (name) => ({
    Path: "/",
    RoleName: name,
    RoleId: "AROA",
    Arn: `arn:aws:iam::111122223333:role/${name}`,
    AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [] },
    RolePolicyList: [
      { PolicyName: "inline", PolicyDocument: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] } },
    ],
    AttachedManagedPolicies: [],
    InstanceProfileList: [],
  });
  const roles = Array.from({ length: 12 }, (_, i) => role(`role-${String.fromCharCode(97 + i)}`));
  await importing(page, JSON.stringify({ UserDetailList: [], GroupDetailList: [], RoleDetailList: roles, Policies: [] }));
  await page.getByLabel(/^Filter:/).fill("role-g");
  const choice = page.locator(".choices input[type=radio]");
  await until(page, () => document.querySelectorAll(".choices input[type=radio]").length === 1);
  await choice.check();
  await page.locator(".facts-of", { hasText: "role-g" }).waitFor();
  await button(page, "Use it").click();
  await button(page, "Done").click();
  await until(page, () => document.querySelector("share-box").makeFile().includes("role-g"));
  await page.finish();
});

test("what can't be imported is refused with its place, and stays", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const broken = '{"Version": "2012-10-17",\n "Statement": [,]}';
  await importing(page, broken);
  await page.locator(".import .problems button").first().click();
  await until(
    page,
    (line) => document.activeElement?.matches(".import textarea") && document.activeElement.selectionStart > line,
    broken.indexOf("\n"),
  );
  assert.ok(await button(page, "Use it").isDisabled());

  const long = `{"Id": "${"é".repeat(600_000)}"}`;
  await page.locator(".import textarea").fill(long);
  await page.locator(".import .problems", { hasText: "longer than 1 MiB" }).waitFor();
  assert.equal(await page.locator(".import textarea").evaluate((el) => el.value.length), long.length);

  await page.locator(".import input[type=file]").setInputFiles({ name: "error.txt", mimeType: "text/plain", buffer: Buffer.from(MESSAGE) });
  await page.locator(".import-state", { hasText: "Recognised as" }).waitFor();
  await button(page, "Put the earlier text back").waitFor();
  await page.finish();
});

test("several requests, S3 settings and the dialogs fit into 320 pixels", async () => {
  const page = await site.open({ viewport: { width: 320, height: 640 } });
  await verdict(page, /Denied/);
  await button(page, "+ Request").click();
  await field(page, "Action", "s3:ListAllMyBuckets");
  await field(page, "Resource", "*");
  await page.getByLabel("Expected outcome of request-2", { exact: true }).selectOption("explicit deny");
  await page.getByText("✕ not met").waitFor();
  await button(page, "+ Block Public Access").click();
  await button(page, "+ Context key").click();
  await focused(page, ".line .key");
  await page.keyboard.type("s3:x-amz-server-side-encryption-aws-kms-key-id");
  await button(page, "Principal formats").click();
  await soon(async () => assert.ok((await sideways(page)) <= 0, `${await sideways(page)} pixels too wide`));
  // Every target is large enough to be hit.
  const small = await page.locator("request-fields :is(button, select, input), scenario-notes :is(button, textarea)").evaluateAll((all) =>
    all
      .map((el) => (el.matches("[type=radio], [type=checkbox]") ? el.closest("label") : el))
      .filter((el) => {
        const box = el.getBoundingClientRect();
        return box.width < 24 || box.height < 24;
      })
      .map((el) => el.outerHTML.slice(0, 80)),
  );
  assert.deepEqual(small, []);
  for (const name of [/^Gallery/, /^Import/]) {
    await page.getByRole("button", { name }).click();
    const dialog = page.locator("dialog[open]");
    const fits = () => dialog.evaluate((el) => el.scrollWidth <= el.clientWidth && el.getBoundingClientRect().right <= innerWidth);
    await soon(async () => assert.ok(await fits(), String(name)));
    await page.keyboard.press("Escape");
    await counted(page, "dialog[open]", 0);
  }
  await page.finish();
});
