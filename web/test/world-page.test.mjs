// Entities, accounts and AWS's message beside the policies; calls of several checks.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { accessible } from "./accessible.mjs";
import {
  addLine,
  chromiumOnly,
  counted,
  field,
  focused,
  focusedCard,
  more,
  paste,
  soon,
  start,
  typeFast,
  typeOver,
  until,
  verdict,
} from "./page.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const WORLD = readFileSync(new URL("../../engine/embed/testdata/checks.txtar", import.meta.url), "utf8");
const KEY = "arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** Opens a file, as a person who has one does. */
async function openFile(page, text) {
  await page.getByRole("button", { name: /^Import/ }).click();
  await page.locator("import-box textarea").fill(text);
  await page.getByRole("button", { name: "Use it" }).click();
  await page.getByRole("button", { name: "Done" }).click();
}

async function world(options) {
  const page = await site.open(options);
  await verdict(page, /Denied/);
  await openFile(page, WORLD);
  await verdict(page, /kms:Decrypt/);
  return page;
}

/** The file as Share hands it out. */
async function file(page) {
  await page.evaluate(() => {
    globalThis.copied = undefined;
    Object.defineProperty(navigator, "clipboard", {
      configurable: true,
      value: { writeText: async (text) => void (globalThis.copied = text) },
    });
  });
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Copy scenario file" }).click();
  await until(page, () => globalThis.copied !== undefined);
  await page.locator("share-box").getByRole("button", { name: "Close" }).click();
  return page.evaluate(() => globalThis.copied);
}

const files = (page, text) => soon(async () => assert.equal(await scenario(page), text));
const scenario = (page) => page.evaluate(() => document.querySelector("share-box").makeFile());

const folder = (page, name) => page.locator(`.folder[data-folder="${name}"]`);
const choose = (page, request) => page.getByRole("radio", { name: `Explain ${request}` }).check();
const checks = (page) => page.locator(".checks button.check");
const texts = (locator, wanted) => soon(async () => assert.deepEqual(await locator.allTextContents(), wanted));

test("a world is shown in folders and comes back to the byte, undo included", async () => {
  const page = await world();
  const folders = () => page.locator(".folder").evaluateAll((all) => all.map((each) => each.dataset.folder));
  await soon(async () => assert.deepEqual(await folders(), ["entity/key", "entity/reports", "entity/logs"]));
  // No empty card of a resource that has an entity.
  await counted(page, 'policy-card[data-section="resource.json"]', 0);
  const message = /-- error --\n(.*)\n/.exec(WORLD)[1];
  await soon(async () => assert.equal(await page.getByRole("textbox", { name: "AWS's message" }).inputValue(), message));
  assert.equal(await file(page), WORLD);
  await more(page, "Entity logs", "Remove, with its policies");
  await files(page, WORLD.replace(/-- entity\/logs[^]*?(?=-- entity\/key)/, ""));
  await page.getByRole("button", { name: /^Undo/ }).click();
  await folder(page, "entity/logs").waitFor();
  await files(page, WORLD);
  await page.finish();
});

test("an entity is added, described, given a policy, renamed and removed", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await field(page, "Action", "s3:GetObject");
  await field(page, "Resource", "arn:aws:s3:::reports/2026.csv");
  await verdict(page, /s3:GetObject/);
  // The policy of a resource goes into its folder.
  await paste(page, "resource.json", "");
  await page.getByRole("button", { name: "+ Entity" }).click();
  // A new one is begun at its name.
  await focused(page, '[aria-label="Name of this entity"]');
  await page.keyboard.type("reports");
  await page.keyboard.press("Enter");
  const entity = folder(page, "entity/reports");
  await entity.locator(".problems", { hasText: "This is not an ARN" }).waitFor();
  await soon(async () => assert.equal(await entity.getByLabel("Value of arn").getAttribute("aria-invalid"), "true"));
  await entity.getByLabel("Value of arn").fill("arn:aws:s3:::reports");
  await entity.locator(".problems").waitFor({ state: "detached" });
  await entity.getByRole("button", { name: "+ Fact" }).click();
  await entity.getByRole("button", { name: "account", exact: true }).waitFor();
  assert.equal(await entity.getByRole("button", { name: "alias", exact: true }).count(), 0, "a bucket has no alias");
  await entity.getByRole("button", { name: "account", exact: true }).click();
  await focused(page, '[aria-label="Value of account"]');
  await page.keyboard.type("111122223333");
  await entity.getByRole("button", { name: "+ Resource-based policy" }).click();
  await focusedCard(page, "entity/reports/policy.json");
  await page.keyboard.type('{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}}');
  await verdict(page, /Allowed/);
  const text = await file(page);
  assert.match(
    text,
    /-- entity\/reports --\narn: arn:aws:s3:::reports\naccount: 111122223333\n-- entity\/reports\/policy\.json --\n\{"Statement/,
  );
  // Fingers are faster than the page: of two lines typed at once both hold.
  const line = (key) => `[data-folder="entity/reports"] [aria-label="Value of ${key}"]`;
  await typeFast(page, [[line("arn"), "arn:aws:s3:::re"], [line("account"), "444455556666"]]); // prettier-ignore
  await files(page, text.replace(/arn:aws:s3:::reports\naccount: 1{4}2{4}3{4}/, "arn:aws:s3:::re\naccount: 444455556666"));
  await typeFast(page, [[line("arn"), "arn:aws:s3:::reports"], [line("account"), "111122223333"]]); // prettier-ignore
  await files(page, text);
  await typeOver(page, entity.getByLabel("Name of this entity"), "the bucket");
  await folder(page, "entity/the-bucket").waitFor();
  await files(page, text.replaceAll("entity/reports", "entity/the-bucket"));
  await more(page, "Entity the-bucket", "Remove, with its policies");
  await verdict(page, /Denied/);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await verdict(page, /Allowed/);
  await page.finish();
});

test("the policy of an entity that is not asked about is called by what the entity is", async () => {
  const page = await world();
  const role = `${WORLD.trimEnd()}
-- entity/app --
arn: arn:aws:iam::111122223333:role/app
-- entity/app/policy.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}}
-- entity/other --
arn: arn:aws:kms:us-east-1:444455556666:key/aaaaaaaa-12ab-34cd-56ef-1234567890ab
`;
  await openFile(page, role);
  await page.locator('policy-card[data-section="entity/app/policy.json"]').getByText("Role trust policy").first().waitFor();
  await folder(page, "entity/other").getByRole("button", { name: "+ Key policy" }).waitFor();
  await page.finish();
});

test("an account that is added before the page can draw it gets the focus once it can", async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const hold = async (route) => {
    await held;
    await route.continue();
  };
  const page = await world({ init: (opened) => opened.route("**/world-parts-*.js", hold) });
  await page.getByRole("button", { name: "+ Account" }).click();
  release();
  await focused(page, '[aria-label="Account ID"]');
  await page.finish();
});

test("an account has its SCPs, level by level", async () => {
  const page = await world();
  await page.getByRole("button", { name: "+ Account" }).click();
  await focused(page, '[aria-label="Account ID"]');
  // One that is mentioned and has no folder yet.
  const account = folder(page, "account/111122223333");
  await account.getByRole("button", { name: "+ SCP", exact: true }).click();
  await focused(page, 'policy-card[data-section^="account/111122223333/scp/"] *');
  await page.keyboard.type('{"Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}}');
  await verdict(page, /explicit deny/);
  await account.getByRole("button", { name: "+ SCP level" }).waitFor();
  // An answer that arrives while a name is typed leaves it alone.
  const id = account.getByLabel("Account ID");
  await id.focus();
  await id.press("ControlOrMeta+a");
  await page.keyboard.type("pr");
  await page.evaluate(() =>
    Promise.all([...document.querySelectorAll("folder-head")].map((head) => (head.requestUpdate(), head.updateComplete))),
  );
  await page.keyboard.type("od");
  await page.keyboard.press("Enter");
  await page.locator(".problems", { hasText: "an account ID has 12 digits" }).first().waitFor();
  await soon(async () => assert.match(await scenario(page), /^-- account\/prod/m));
  await page.finish();
});

test("a call names several resources, and what is not known", async () => {
  const page = await world();
  await page.getByRole("button", { name: "+ Resource", exact: true }).click();
  await until(page, () => document.activeElement?.closest(".field")?.textContent.includes("Resource 2"));
  await page.keyboard.type("arn:aws:s3:::logs/b");
  await texts(page.locator(".checks .action"), ["s3:GetObject", "kms:Decrypt", "s3:GetObject"]);
  await addLine(page, "unknown", "scp");
  assert.match(await file(page), /resource: arn:aws:s3:::reports\/2026.csv\nresource: arn:aws:s3:::logs\/b\nunknown: scp\n/);
  await page.getByRole("button", { name: "Remove Resource 2" }).click();
  await counted(page, ".checks li", 2);
  await page.finish();
});

test("the answer to a call of several checks does not scroll the page", async () => {
  // Closing the import scrolls to the answer, which has the focus then. Firefox that is busy comes back to it for a while.
  const init = (page) =>
    page.addInitScript(() => {
      const { focus } = HTMLElement.prototype;
      HTMLElement.prototype.focus = function still() {
        focus.call(this, { preventScroll: true });
      };
    });
  const page = await world({ viewport: { width: 1280, height: 500 }, init });
  await focused(page, "#answer");
  assert.equal(await page.evaluate(() => scrollY), 0);
  // Clicked by script: a driver scrolls to what it clicks.
  const press = (request) => page.getByRole("radio", { name: `Explain ${request}` }).evaluate((radio) => radio.click());
  await press("list");
  await verdict(page, /Allowed/);
  await press("read");
  await verdict(page, /kms:Decrypt/);
  await page.locator(".checks .shown").waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0);
  await page.finish();
});

test("a call's checks are listed in order; a click shows the whole answer of one", async () => {
  const page = await world();
  await texts(checks(page).locator(".action"), ["s3:GetObject", "kms:Decrypt"]);
  await texts(checks(page).locator(".outcome-tag"), ["✓ allowed", "○ implicit deny"]);
  const decides = (all) => all.map((each) => [each.textContent.includes("decides"), each.getAttribute("aria-pressed")]);
  assert.deepEqual(await checks(page).evaluateAll(decides), [
    [false, "false"],
    [true, "true"],
  ]);
  await page
    .locator(".checks li", { hasText: /by assumed-role\/app\/i-0abc[^]*S3 has KMS decrypt the object's data key for the caller/ })
    .waitFor();
  assert.equal(
    await page.locator(".checks .because a").getAttribute("href"),
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
  );
  await page.locator(".verdict .kind", { hasText: "check 2 of 2" }).waitFor();
  await page.locator("answer-view .said", { hasText: "Key policy" }).waitFor();

  await checks(page).nth(0).click();
  await page.locator(".which", { hasText: "Check 1 of 2: s3:GetObject ✓ allowed" }).waitFor();
  await page.locator(".which p", { hasText: "An identity-based policy allows it." }).waitFor();
  await page.locator("answer-view .said", { hasText: "Key policy" }).waitFor({ state: "detached" });
  await page.locator('policy-card[data-section="identity/read.json"] .status', { hasText: "1 of 1 statement matched" }).waitFor();
  await verdict(page, /kms:Decrypt/);
  // What was chosen stays while the call asks the same, and goes with another.
  await page.getByRole("textbox", { name: "AWS's message" }).fill("other");
  await page.locator(".which").waitFor();
  await choose(page, "all");
  await page.locator(".which").waitFor({ state: "detached" });
  await page.finish();
});

const onPaper = "on paper: each check with its outcome, the date, and of a policy that is open as a table the table alone";
test(onPaper, chromiumOnly("its driver sets no media features"), async () => {
  const page = await world();
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.locator(".printed", { hasText: /^[A-Z][a-z]+ \d+, \d{4} at .* · http/ }).waitFor();
  await page.locator("button.check", { hasText: "kms:Decrypt" }).waitFor();
  await page.locator(".removal button").first().waitFor({ state: "hidden" });
  await page.emulateMedia({ media: "screen" });
  await page.locator(".printed").waitFor({ state: "hidden" });
  await more(page, "Identity-based policy read", "As a table");
  await page.locator(".policy-table tr.asked").waitFor();
  await page.emulateMedia({ media: "print" });
  await page.locator(".policy-table tr.asked").waitFor();
  await page.locator(".verdict").waitFor({ state: "hidden" });
  await page.finish();
});

test("parts of a pattern, notes, and what else AWS may ask", async () => {
  const page = await world();
  await choose(page, "all");
  await verdict(page, /s3:GetObject/);
  const outcomes = async () => new Set(await page.locator(".parts tbody tr .outcome-tag").allTextContents());
  await soon(async () => assert.deepEqual(await outcomes(), new Set(["○ implicit deny", "✓ allowed"])));
  await page
    .locator(".possible", { hasText: "If the object is encrypted with SSE-KMS, AWS also asks for kms:Decrypt (S3 has KMS decrypt" })
    .waitFor();
  await choose(page, "list");
  await verdict(page, /Allowed/);
  await page.locator(".remarks", { hasText: "s3:ListObjectsV2 is an API operation, not a permission." }).waitFor();
  await counted(page, ".checks", 0);
  await page.finish();
});

test("what Share copies for a page is what why403 embed prints, and doctest takes it", async () => {
  const page = await world();
  const text = await file(page);
  const folderName = mkdtempSync(join(tmpdir(), "why403-share-"));
  try {
    const written = join(folderName, "checks.txtar");
    writeFileSync(written, text);
    const go = (...args) => spawnSync("go", ["run", "./engine/cmd/why403", ...args], { cwd: ROOT, encoding: "utf8" });
    for (const [name, form, extension] of [
      ["Copy HTML for a page", "--html", "html"],
      ["Copy MDX", "--mdx", "mdx"],
      ["Copy Markdown", "--markdown", "md"],
    ]) {
      await page.evaluate(() => (globalThis.copied = undefined));
      await page.getByRole("button", { name: "Share" }).click();
      await page.getByRole("button", { name }).click();
      await until(page, () => globalThis.copied !== undefined);
      await page.locator("share-box").getByRole("button", { name: "Close" }).click();
      const copied = await page.evaluate(() => globalThis.copied);
      const printed = go("embed", form, "--base", site.url, written);
      // Two writers of links compress differently.
      const bare = (block) => block.replace(/#s=[\w-]+(&amp;|&)?[\w=.&;-]*/g, "#s=").replace(/^<script[^\n]*\n/, "");
      assert.equal(bare(copied), bare(printed.stdout), printed.stderr);
      writeFileSync(join(folderName, `page.${extension}`), copied);
    }
    const told = go("doctest", folderName);
    assert.equal(told.status, 0, told.stdout + told.stderr);
    assert.match(told.stdout + told.stderr, /3 embedded scenarios/);
  } finally {
    rmSync(folderName, { recursive: true });
  }
  await page.finish();
});

test("the problem of a header leads to its line", async () => {
  const page = await world();
  await folder(page, "entity/reports").getByLabel("Value of encrypted-with").fill("my key");
  const problem = page.locator("answer-view .problems button", { hasText: "entity/reports" }).first();
  await problem.click();
  await focused(page, '[aria-label="Value of encrypted-with"]');
  await folder(page, "entity/reports").getByLabel("Value of encrypted-with").fill(KEY);
  await verdict(page, /kms:Decrypt/);
  await page.finish();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in a world, its checks and an entity at work, ${colorScheme}`, async () => {
    const page = await world({ colorScheme });
    await accessible(page, "html", "a world");
    await checks(page).nth(0).click();
    await folder(page, "entity/reports").getByRole("button", { name: "+ Fact" }).click();
    await folder(page, "entity/reports").getByRole("button", { name: "block-public-access" }).click();
    await folder(page, "entity/reports").getByLabel("Value of account").fill("1");
    await folder(page, "entity/reports").locator(".problems").waitFor();
    await accessible(page, "html", "a check, and a header with a problem");
    await folder(page, "entity/reports").getByLabel("Value of account").fill("111122223333");
    await choose(page, "all");
    await page.locator(".parts").waitFor();
    await accessible(page, "html", "parts of a pattern");
    await choose(page, "list");
    await page.locator(".remarks").waitFor();
    await accessible(page, "html", "notes");
    await page.finish();
  });
}

for (const width of [320, 390]) {
  test(`nothing of a world scrolls sideways at ${width} pixels`, async () => {
    const page = await world({ viewport: { width, height: 800 } });
    await folder(page, "entity/reports").getByRole("button", { name: "+ Fact" }).click();
    for (const request of ["all", "read"]) {
      await choose(page, request);
      await verdict(page, /Denied/);
      const wide = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        if (scrollWidth <= clientWidth) return [];
        const beyond = [...document.querySelectorAll("main *")].filter((each) => each.getBoundingClientRect().right > clientWidth);
        return beyond.map((each) => `${each.localName}.${each.className}`);
      });
      assert.deepEqual(wide, []);
    }
    const small = await page
      .locator(".checks button.check, folder-head button, .chips.world button")
      .evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().height < 24).map((each) => each.textContent.trim()));
    assert.deepEqual(small, []);
    await page.finish();
  });
}

test("what an entity has a place for is added there, and not to the file once more", async () => {
  const page = await world();
  const own = page.locator(".world > .chips").first();
  await own.getByRole("button", { name: "+ VPC endpoint policy" }).waitFor();
  assert.equal(await own.getByRole("button", { name: "+ Resource-based policy" }).count(), 0);
  await folder(page, "entity/key").getByRole("button", { name: "+ Grants" }).waitFor();
  await page.finish();
});
