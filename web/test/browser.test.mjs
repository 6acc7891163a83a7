// Drives the built page as a person would.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  addLine,
  area,
  counted,
  field,
  focused,
  focusedCard,
  holds,
  more,
  paste,
  selects,
  soon,
  start,
  until,
  value,
  verdict,
} from "./page.mjs";

const KEY = "arn:aws:kms:us-east-1:123412341234:key/1234abcd-12ab-34cd-56ef-1234567890ab";

// A key policy without delegation: the first statement names the account, but
// only for the root user; the second names one role.
const REFERENCE = `{
"Version": "2012-10-17",
"Id": "key-policy-test",
"Statement": [
{
"Sid": "Allow access for Root",
"Effect": "Allow",
"Principal": {
"AWS": "arn:aws:iam::123412341234:root"
},
"Action": "kms:*",
"Resource": "*",
"Condition": {
"StringEquals": {
"aws:PrincipalType": "Account"
}
}
},
{
"Sid": "Allow access for Key Administrators",
"Effect": "Allow",
"Principal": {
"AWS": "arn:aws:iam::123412341234:role/admin-role"
},
"Action": "kms:*",
"Resource": "*"
}
]
}`;

const DELEGATION = `{
"Version": "2012-10-17",
"Statement": {
"Sid": "Enable IAM User Permissions",
"Effect": "Allow",
"Principal": {
"AWS": "arn:aws:iam::123412341234:root"
},
"Action": "kms:*",
"Resource": "*"
}
}`;

const IAM = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" },
});

const IDENTITY = "identity/app-inline.json";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

test("the first view has a verdict, its reason and the tables", async () => {
  const page = await site.open();
  await verdict(page, /Denied.*implicit deny/s);
  await page.locator(".statements tbody tr").first().waitFor();
  await page.locator(".aws blockquote", { hasText: "is not authorized to perform: kms:Decrypt" }).waitFor();
  const texts = async (selector) => (await page.locator(selector).allTextContents()).map((text) => text.replace(/\s+/g, " ").trim());
  await soon(async () => assert.deepEqual((await texts(".views label")).slice(0, 3), ["Minimal (9)", "Permitted (27)", "All (42)"]));
  await soon(async () => assert.deepEqual(await texts(".combinations caption"), ["Same account (6)", "Cross-account (6)"]));
  await page.finish();
});

test("pasted policies are judged while one types", async () => {
  const page = await site.open();
  await field(page, "Resource", KEY);
  await field(page, "Principal", "arn:aws:sts::123412341234:assumed-role/admin-role/s1");
  await paste(page, "resource.json", REFERENCE);
  await verdict(page, /Allowed/);
  // The reference policy takes the delegation away, so IAM alone is not enough.
  await field(page, "Principal", "arn:aws:sts::123412341234:assumed-role/app/s1");
  await paste(page, IDENTITY, IAM);
  await verdict(page, /Denied/);
  await paste(page, "resource.json", DELEGATION);
  await verdict(page, /Allowed/);
  await paste(page, IDENTITY, "");
  await verdict(page, /Denied.*kms:Decrypt/s);
  await page.finish();
});

test("the account switch is one edit, and undo takes it back", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const principal = page.getByLabel("Principal", { exact: true });
  const old = await principal.inputValue();
  const cross = page.getByRole("radio", { name: "Cross-account" });
  await cross.check();
  await until(page, (was) => document.querySelector(".principal input").value !== was, old);
  await until(page, () => document.querySelector(".path") && document.querySelectorAll(".ways").length > 1);
  await until(page, () => document.querySelector("input[value=cross-account]").checked);
  await page.keyboard.press("Control+z");
  await until(page, (was) => document.querySelector(".principal input").value === was, old);
  await until(page, () => document.querySelector("input[value=same-account]").checked);
  // An ARN edited by hand moves the switch.
  await principal.fill(old.replace(/\d{12}/, "444455556666"));
  await until(page, () => document.querySelector("input[value=cross-account]").checked);
  await page.finish();
});

test("a row of the tables opens as the reader's case", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.getByRole("radio", { name: /^All/ }).check();
  const id = "cross-account/delegation/allow/none";
  const row = page.locator(`tr[data-id="${id}"]`);
  await row.getByRole("button").click();
  await row.getByText("your case").waitFor();
  await verdict(page, /Allowed/);
  await page.getByRole("radio", { name: "Cross-account", checked: true }).waitFor();
  // Focus stays where the reader works.
  await focused(page, `tr[data-id="${id}"] *`);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await verdict(page, /Denied/);
  await page.finish();
});

test("broken JSON keeps the text and the last answer", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const text = '{"Version": "2012-10-17",\n  "Statement": [,]}';
  await paste(page, "resource.json", text);
  await page.locator(".verdict .note", { hasText: "Stale" }).waitFor();
  await page.locator(".verdict", { hasText: "Denied" }).waitFor();
  await holds(page, "resource.json", text);
  const problem = page.locator('policy-card[data-section="resource.json"] .problems button').first();
  assert.match((await problem.textContent()).trim(), /^2:\d+/);
  await problem.click();
  await selects(page, "resource.json", /^,$/);
  await paste(page, "resource.json", DELEGATION.replaceAll("123412341234", "111122223333"));
  await verdict(page, /Denied/);
  await page.finish();
});

test("a 2 MB paste gets a message at its card and is kept", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const big = `{"Statement": "${"x".repeat(2_100_000)}"}`;
  await paste(page, IDENTITY, big);
  await page.locator(`policy-card[data-section="${IDENTITY}"] .problems`, { hasText: "This is 2.1 MB; at most 1 MiB is read" }).waitFor();
  await soon(async () => assert.equal((await value(page, IDENTITY)).length, big.length));
  await paste(page, IDENTITY, IAM);
  await verdict(page, /Allowed/);
  await page.finish();
});

test("a statement row selects the element that failed", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.locator(".statements tr.missed button").first().click();
  await selects(page, IDENTITY, /kms:Encrypt/);
  await page.finish();
});

test("format, context keys, cards: each can be undone, typing never loses focus", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await paste(page, IDENTITY, "");
  await area(page, IDENTITY).pressSequentially(IAM);
  await holds(page, IDENTITY, IAM);
  await verdict(page, /Allowed/);
  await more(page, "Identity-based policy app-inline", "Format");
  await until(page, (section) => document.querySelector(`policy-card[data-section="${section}"]`).section.text.includes("\n"), IDENTITY);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await holds(page, IDENTITY, IAM);

  await addLine(page, "kms:ViaService", "s3.us-east-1.amazonaws.com");
  await verdict(page, /Allowed/);

  await page.getByRole("button", { name: "+ Identity-based policy" }).click();
  await focusedCard(page, "identity/policy.json");
  await page.keyboard.type(IAM.replace("Allow", "Deny"));
  await verdict(page, /explicit deny/);
  await more(page, "Identity-based policy policy", "Remove");
  await verdict(page, /Allowed/);
  await page.finish();
});

test("an example opens", async () => {
  const page = await site.open();
  await page.getByRole("button", { name: /^Gallery \(\d+\)/ }).click();
  const first = page.locator(".gallery li button").first();
  const title = await first.locator("b").first().textContent();
  await first.click();
  await until(page, (wanted) => document.querySelector(".notes textarea").value === wanted, title);
  await page.finish();
});

test("no sideways scrolling at 320 pixels", async () => {
  const page = await site.open({ viewport: { width: 320, height: 640 } });
  await verdict(page, /Denied/);
  await page.getByRole("radio", { name: /^All/ }).check();
  await page.locator('tr[data-id^="cross-account/"]').first().waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  // The verdict is pinned below only while it is not in view itself.
  await page.locator(".verdict").first().scrollIntoViewIfNeeded();
  await page.locator(".pin").waitFor({ state: "hidden" });
  await page.locator("footer").scrollIntoViewIfNeeded();
  await page.locator(".pin").waitFor();
  await page.finish();
});

test("where WebAssembly can't load, the page says so and keeps what was typed", async () => {
  const page = await site.open({
    init: (p) => p.route("**/page.wasm*", (route) => route.fulfill({ status: 404, body: "" })),
  });
  await page.getByText(/The engine could not start: page.wasm: HTTP status 404/).waitFor();
  await field(page, "Action", "kms:Encrypt");
  await page.unroute("**/page.wasm*");
  await page.getByRole("button", { name: "Try again" }).click();
  await verdict(page, /Allowed/);
  assert.equal(await page.getByLabel("Action", { exact: true }).inputValue(), "kms:Encrypt");
  page.faults.splice(0, page.faults.length, ...page.faults.filter((fault) => !fault.includes("404")));
  await page.finish();
});

// The worker's script with a trap: some words in a policy break the engine. It
// puts its functions on an object of its own, so all objects get the trap.
const TRAP = `
let engine;
Object.defineProperty(Object.prototype, "why403", {
  get: () => engine,
  set(value) {
    const evaluate = value.evaluate;
    value.evaluate = (text) => {
      if (text.includes("HANG")) for (;;);
      if (text.includes("CRASH")) throw new RangeError("Maximum call stack size exceeded");
      if (text.includes("PANIC")) return JSON.stringify({ error: "index out of range" });
      return evaluate(text);
    };
    engine = value;
  },
});
`;

test("after a crash, a hang or a bug the page lives on", async () => {
  const page = await site.open({
    init: (p) =>
      p.route("**/engine.worker-*.js", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: TRAP + (await response.text()) });
      }),
  });
  await verdict(page, /Denied/);
  for (const [word, message] of [
    ["CRASH", /started again.*call stack/],
    ["HANG", /started again.*no answer for 8 seconds/],
    ["PANIC", /has a bug: index out of range/],
  ]) {
    const text = IAM.replace("Effect", `Sid": "${word}",\n"Effect`);
    await paste(page, IDENTITY, text);
    await page.locator(".trouble", { hasText: message }).waitFor();
    await page.locator(".verdict .note", { hasText: "Stale" }).waitFor();
    await holds(page, IDENTITY, text);
    await paste(page, IDENTITY, IAM);
    await verdict(page, /Allowed/);
  }
  await page.finish();
});

test("a page whose first answer fails says so, and not that it loads", async () => {
  const page = await site.open({
    init: (p) =>
      p.route("**/engine.worker-*.js", async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: TRAP.replace('text.includes("CRASH")', '!text.includes("{}")') + (await response.text()) });
      }),
  });
  await page.locator(".trouble", { hasText: /started again.*call stack/ }).waitFor();
  await page.locator("answer-view", { hasText: "No answer" }).waitFor();
  assert.doesNotMatch(await page.locator("answer-view").innerText(), /loading/);
  await paste(page, IDENTITY, "{}");
  await page.locator("answer-view", { hasText: "Fix the problem below first" }).waitFor();
  assert.doesNotMatch(await page.locator("answer-view").innerText(), /started again|loading/);
  await page.finish();
});

test("all of it works with the keyboard", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const focus = async (locator) => {
    for (let i = 0; i < 120; i++) {
      await page.keyboard.press("Tab");
      if (await locator.evaluate((el) => el === document.activeElement)) return;
    }
    assert.fail("the Tab key does not reach it");
  };
  await focus(page.getByRole("radio", { name: "Same account" }));
  await page.keyboard.press("ArrowRight");
  await until(page, () => document.querySelectorAll(".ways").length > 1);
  await focus(page.locator(".statements button").first());
  await page.keyboard.press("Enter");
  await focused(page, "policy-card *");
  await focus(page.getByRole("radio", { name: /^Without grants/ }));
  await page.keyboard.press("ArrowLeft");
  await page.locator(".combinations caption", { hasText: "Same account (18)" }).waitFor();
  await focus(page.locator("tr[data-id] button").first());
  await page.keyboard.press("Enter");
  await page.locator("tr.own").waitFor();
  await verdict(page, /Allowed/);
  await page.finish();
});

test("a broken scenario file is refused with its place, and the page stays as it was", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const policy = await value(page, IDENTITY);
  await page.getByRole("button", { name: "Import an error" }).click();
  await page
    .locator('.import input[type="file"]')
    .setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("no scenario\nat all\n") });
  await page.locator(".import .problems").waitFor();
  assert.ok(await page.getByRole("button", { name: "Use it" }).isDisabled());
  await page.getByRole("button", { name: "Close" }).click();
  await holds(page, IDENTITY, policy);
  await page.finish();
});
