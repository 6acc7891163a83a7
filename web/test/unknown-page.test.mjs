// What is not known: outcomes that depend on it, what an import did not bring,
// what is taken as none, and the diagnosis of AWS's message.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible } from "./accessible.mjs";
import { go, soon, start, until, verdict } from "./page.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const ALLOW = '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}';

const open = (...lines) => `Reading a report

-- request --
principal: arn:aws:sts::111122223333:assumed-role/app/i-0abc
action: s3:GetObject
resource: arn:aws:s3:::reports/2026.csv
resource-account: 111122223333
${lines.map((line) => `${line}\n`).join("")}-- identity/app.json --
${ALLOW}
`;

const MESSAGE =
  "An error occurred (AccessDeniedException) when calling the Decrypt operation: User: arn:aws:sts::111122223333:assumed-role/app/i-0abc is not authorized to perform: " +
  "kms:Decrypt on resource: arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab because no resource-based policy allows the kms:Decrypt action";

/** The same of a key in the caller's own account, whose policy the caller may read. */
const OWN = MESSAGE.replace("444455556666", "111122223333");

async function put(page, text) {
  await page.getByRole("button", { name: /^Import/ }).click();
  await page.locator("import-box textarea").fill(text);
  await page.getByRole("button", { name: "Use it" }).click();
  await page.getByRole("button", { name: "Done" }).click();
}

async function opened(text, options) {
  const page = await site.open(options);
  await verdict(page, /Denied/);
  await put(page, text);
  return page;
}

/** The value of a line of the request, or undefined. */
const line = (page, key) =>
  page.evaluate((wanted) => document.querySelector("request-fields").requests[0].lines.find((each) => each.key === wanted)?.value, key);

const says = (page, key, value) => soon(async () => assert.equal(await line(page, key), value));

const layers = (page) => page.locator(".layers");

test("an outcome that depends says so in the verdict, the path, the ways and the statements, and on what", async () => {
  const page = await opened(
    `${open("unknown: scp boundary aws:SourceVpce")}-- resource.json --
{"Statement": {"Sid": "OurEndpoint", "Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:SourceVpce": "vpce-1a2b3c4d"}}}}
`,
  );
  await verdict(page, /Depends[^]*the SCPs[^]*the permissions boundary/);
  await page.locator(".verdict.unsure").waitFor();
  const depends = page.locator("answer-view .depends").first();
  await depends
    .getByRole("list", { name: "Allowed if" })
    .getByText(/aws:SourceVpce/)
    .first()
    .waitFor();
  await depends
    .getByRole("list", { name: "Denied if" })
    .getByText(/an SCP of 111122223333/)
    .first()
    .waitFor();
  await soon(async () => assert.ok((await page.locator(".path .unsure", { hasText: "not known" }).count()) >= 2));
  const row = page.locator(".statements tbody tr", { hasText: "OurEndpoint" });
  await row.filter({ hasText: "? matches if aws:SourceVpce is not vpce-1a2b3c4d" }).waitFor();
  await page.getByRole("heading", { name: /What would let it in/ }).waitFor({ state: "detached" });
  await page.finish();
});

test("both fillings open as drafts of their own, with the outcome that the button names", async () => {
  for (const [button, outcome] of [
    ["Fill in so that it is allowed", /Allowed/],
    ["Fill in so that it is denied", /Denied/],
  ]) {
    const page = await opened(open("unknown: scp boundary"));
    await verdict(page, /Depends/);
    await page.getByRole("button", { name: button }).click();
    await verdict(page, outcome);
    await says(page, "unknown", undefined);
    await soon(async () => assert.match(await page.title(), /Reading a report \(filled in, /));
    await go(page, -1);
    await verdict(page, /Depends/);
    await says(page, "unknown", "scp boundary");
    await page.finish();
  }
});

test("what is not given is taken as none, said once; one click makes it not known, and one none again", async () => {
  const page = await opened(open());
  await verdict(page, /Allowed/);
  await layers(page).getByText("What is not given is taken as none.").waitFor();
  await layers(page).getByRole("button", { name: "Make them not known" }).click();
  await verdict(page, /Depends/);
  const notKnown = new Set(["boundary", "session", "resource", "scp", "rcp", "endpoint"]);
  await soon(async () => assert.deepEqual(new Set((await line(page, "unknown"))?.split(" ")), notKnown));
  await layers(page).getByRole("button", { name: "There are none" }).click();
  await verdict(page, /Allowed/);
  await says(page, "unknown", undefined);
  assert.match(await line(page, "none"), /\bscp\b/);
  await layers(page)
    .getByText(/None: /)
    .waitFor();
  await page.finish();
});

test("of all that is not known, one layer after the other is none", async () => {
  const page = await opened(open("unknown: *"));
  await verdict(page, /Depends[^]*the SCPs/);
  await page.getByRole("button", { name: "SCP: not known. Say there is none" }).click();
  await until(page, () => !/the SCPs/.test(document.querySelector(".verdict .why").textContent));
  await says(page, "none", "scp");
  await says(page, "unknown", "*");
  // A card that is empty says it in its head.
  const resource = page.locator('policy-card[data-section="resource.json"]');
  await resource.getByRole("button", { name: "Resource-based policy: not known. Say there is none" }).click();
  await resource.getByRole("button", { name: "Resource-based policy: none. Say it is not known" }).waitFor();
  await says(page, "none", "scp resource");
  await page.getByRole("button", { name: "SCP: none. Say it is not known" }).click();
  await verdict(page, /Depends[^]*the SCPs/);
  await says(page, "none", "resource");
  // Of identity-based policies there is one; whether there are others is a question of its own.
  await page.getByRole("button", { name: "Identity-based policy: no others. Say it is not known" }).waitFor();
  await page.finish();
});

const FOLDERS = (line) => `Whose policies are where

-- request --
principal: arn:aws:sts::111122223333:assumed-role/app/i-0abc
action: s3:GetObject
resource: arn:aws:s3:::reports/2026.csv
${line}-- entity/reports --
arn: arn:aws:s3:::reports
account: 111122223333
-- entity/app --
arn: arn:aws:iam::111122223333:role/app
-- entity/app/identity/app.json --
${ALLOW}
-- entity/other --
arn: arn:aws:iam::111122223333:role/other
-- account/111122223333/scp/1-root/all.json --
{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
`;

const text = (page) => page.evaluate(() => document.querySelector("share-box").makeFile());
const has = (page, part) => until(page, (wanted) => document.querySelector("share-box").makeFile().includes(wanted), part);

test("an entity says of each layer whether it is given, none or not known, and a click writes it into its header", async () => {
  const page = await opened(FOLDERS(""));
  await verdict(page, /Allowed/);
  const before = await text(page);
  const app = page.locator('.folder[data-folder="entity/app"]');
  await app.getByRole("button", { name: "Permissions boundary of app: none. Say it is not known" }).click();
  await verdict(page, /Depends[^]*the permissions boundary/);
  await has(page, "role/app\nunknown: boundary\n");
  await app.getByRole("button", { name: "Identity-based policy of app: no others. Say it is not known" }).click();
  await has(page, "\nunknown: boundary identity\n");
  await app.getByRole("button", { name: "Identity-based policy of app: others not known. Say there are no others" }).waitFor();
  // What belongs to a folder is not asked for a second time beside the folders.
  assert.equal(await page.getByRole("button", { name: /^Permissions boundary: / }).count(), 0);
  await page.getByRole("button", { name: "VPC endpoint policy: none. Say it is not known" }).waitFor();
  // An account without a header gets one.
  await page.getByRole("button", { name: "SCP of 111122223333: no others. Say it is not known" }).click();
  await has(page, "-- account/111122223333 --\nunknown: scp\n");
  for (let steps = 0; steps < 3; steps++) await page.getByRole("button", { name: /^Undo/ }).click();
  await has(page, "role/app\n-- entity/app/identity");
  assert.equal(await text(page), before);
  await page.finish();
});

test("where the request leaves all open, an entity of it says so, and none of it is said in the request", async () => {
  const page = await opened(FOLDERS("unknown: *\n"));
  await verdict(page, /Depends/);
  const layer = (folder, name) => page.locator(`.folder[data-folder="entity/${folder}"]`).getByRole("button", { name });
  await layer("app", "Permissions boundary of app: not known. Say there is none").waitFor();
  // Nobody asks for this role here: nothing of it is known or not known for the request.
  assert.equal(await layer("other", /^Permissions boundary/).count(), 0);
  await layer("app", "Permissions boundary of app: not known. Say there is none").click();
  await layer("app", "Permissions boundary of app: none. Say it is not known").waitFor();
  await says(page, "none", "boundary");
  await says(page, "unknown", "*");
  await layer("app", "Permissions boundary of app: none. Say it is not known").click();
  await layer("app", "Permissions boundary of app: not known. Say there is none").waitFor();
  await says(page, "none", undefined);
  await has(page, "role/app\nunknown: boundary\n");
  await page.finish();
});

test("what an import did not bring is not known, unless a person typed a scenario before", async () => {
  const page = await opened(MESSAGE);
  await verdict(page, /Depends/);
  await says(page, "unknown", "*");
  await page.finish();

  const typed = await site.open();
  await verdict(typed, /Denied/);
  await typed.getByLabel("Action", { exact: true }).fill("kms:Encrypt");
  await verdict(typed, /Allowed/);
  await put(typed, MESSAGE);
  await until(typed, () => document.querySelector("policy-card[data-section^='error']"));
  await says(typed, "unknown", undefined);
  await typed.finish();
});

test("the diagnosis is the head of the answer: AWS's message, what is left, and what to fetch next", async () => {
  const page = await opened(OWN);
  const diagnosis = page.locator("answer-view .diagnosis");
  await diagnosis.getByRole("heading", { name: "AWS's message and the policies" }).waitFor();
  await until(page, () => {
    const [first, second] = [".diagnosis", ".verdict"].map((selector) => document.querySelector(selector));
    return first && second && (first.compareDocumentPosition(second) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  });
  await diagnosis.getByText("no resource-based policy allows the kms:Decrypt action").waitFor();
  const command = diagnosis.locator(".command-of").first();
  await command.getByText(/aws kms get-key-policy --key-id/).waitFor();
  await page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", {
      configurable: true,
      value: { writeText: async (text) => void (globalThis.copied = text) },
    });
  });
  await command.getByRole("button", { name: "Copy" }).click();
  await until(page, () => globalThis.copied?.startsWith("aws kms get-key-policy"));
  // Every key has a key policy.
  assert.deepEqual(await command.getByRole("button").allTextContents(), ["Copy", "I can't run this"]);
  // An edit would write a whole new key policy, and nobody knows the old one.
  await diagnosis.getByText(/No change is offered: The key policy is not known/).waitFor();
  await page.getByRole("button", { name: /^Show the change/ }).waitFor({ state: "detached" });
  await page.finish();
});

test("another account's policy is not to be fetched but asked of its owners, with the statement to add", async () => {
  const page = await opened(MESSAGE);
  const command = page.locator("answer-view .diagnosis .command-of").first();
  await command.getByText(/The key policy is in account 444455556666/).waitFor();
  await command.getByText("What to send", { exact: true }).click();
  const letter = command.locator("pre");
  await letter.getByText(/To the owners of account 444455556666/).waitFor();
  await letter.getByText(/arn:aws:iam::111122223333:role\/app needs kms:Decrypt/).waitFor();
  await command.getByRole("button", { name: "They can't be asked" }).waitFor();
  await page.locator(".diagnosis details", { hasText: "After that" }).locator("summary").click();
  await page.locator(".diagnosis .command-of", { hasText: "aws kms list-grants" }).waitFor();
  // The letter asks the owners to run it; nobody else is told to.
  const told = await page.locator("answer-view .diagnosis").evaluate((all) => {
    const copy = all.cloneNode(true);
    copy.querySelector("pre").remove();
    return copy.textContent;
  });
  assert.match(told, /ask its owners for it/);
  assert.doesNotMatch(told, /get-key-policy/);
  await page.finish();
});

test("a command that can't be run, or that shows none, is not asked for again", async () => {
  const page = await opened(OWN);
  const next = page.locator("answer-view .diagnosis .command-of").first();
  const text = () => next.locator("pre").textContent();
  await next.waitFor();
  const first = await text();
  await next.getByRole("button", { name: "I can't run this" }).click();
  await until(
    page,
    (old) =>
      document.querySelector(".diagnosis .command-of pre")?.textContent !== old &&
      document.querySelector(".diagnosis")?.getAttribute("aria-busy") === "false",
    first,
  );
  await says(page, "none", undefined);
  await page.locator(".diagnosis details", { hasText: "After that" }).locator("summary").click();
  const grants = page.locator(".diagnosis .command-of", { hasText: "aws kms list-grants" });
  await grants.getByRole("button", { name: "There is none" }).click();
  await until(page, () =>
    document.querySelector("request-fields").requests[0].lines.some(({ key, value }) => key === "none" && value === "grants"),
  );
  await page.finish();
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing in an answer that depends, its layers and a diagnosis, ${colorScheme}`, async () => {
    const page = await opened(MESSAGE, { colorScheme, reducedMotion: "reduce" });
    await page.locator("answer-view .diagnosis .command-of").first().waitFor();
    await page.locator(".pair .layer.unsure").first().waitFor();
    for (const summary of await page.locator(".diagnosis summary").all()) await summary.click();
    await page.locator(".depends").first().waitFor();
    await accessible(page, "html", "a diagnosis");
    await page.finish();
  });
}

for (const width of [320, 390]) {
  test(`nothing of it scrolls sideways at ${width} pixels`, async () => {
    const page = await opened(MESSAGE, { viewport: { width, height: 800 } });
    await page.locator("answer-view .diagnosis .command-of").first().waitFor();
    await page.locator(".pair .layer.unsure").first().waitFor();
    const wide = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return [];
      return [...document.querySelectorAll("main *")]
        .filter((each) => each.getBoundingClientRect().right > clientWidth)
        .map((each) => `${each.localName}.${each.className}`);
    });
    assert.deepEqual(wide, []);
    await page.finish();
  });
}

test("with the keyboard: layers, fillings and the diagnosis", async () => {
  const page = await opened(open("unknown: scp"));
  await verdict(page, /Depends/);
  await layers(page).getByRole("button", { name: "There are none" }).focus();
  await page.keyboard.press("Enter");
  await verdict(page, /Allowed/);
  const scp = page.getByRole("button", { name: /^SCP: / });
  await scp.focus();
  await page.keyboard.press("Enter");
  await verdict(page, /Depends/);
  // The focus stays, so that the same key takes it back.
  await page.getByRole("button", { name: "SCP: not known. Say there is none" }).waitFor();
  assert.ok(await scp.evaluate((button) => button === document.activeElement));
  await page.getByRole("button", { name: "Fill in so that it is denied" }).focus();
  await page.keyboard.press("Enter");
  await verdict(page, /Denied/);
  await page.finish();
});

test("a key that decides is added from what the answer depends on, with the focus on its value", async () => {
  const lock =
    '{"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}}}}';
  const full = `-- scp/1-root/full.json --\n{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}\n-- scp/1-root/lock.json --\n${lock}\n`;
  const page = await opened(open() + full);
  await verdict(page, /Depends[^]*aws:RequestedRegion/);
  await page.locator(".depends").getByRole("button", { name: "Add aws:RequestedRegion" }).click();
  await page.getByLabel("Value of aws:RequestedRegion").fill("eu-west-1");
  await verdict(page, /Allowed/);
  await page.finish();
});
