// What people paste and drop: code, several files, outputs of many megabytes.
import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { editor, field, holds, IDENTITY, soon, start, typeOver, value, verdict } from "./page.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const MAIN = `resource "aws_iam_role" "app" {
  name = "app"
}

resource "aws_iam_role_policy" "read" {
  name = "read"
  role = aws_iam_role.app.id
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::\${var.bucket}/*" }]
  })
}
`;

const ERROR =
  'User: arn:aws:sts::111122223333:assumed-role/app/i-0abc is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::reports/a" ' +
  "because no identity-based policy allows the s3:GetObject action";

const box = (page) => page.locator("import-box dialog");

/** Pastes beside every field. */
async function pasteAnywhere(page, text) {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    document.body.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, dataType: "text/plain", data: pasted, bubbles: true, cancelable: true }),
    );
  }, text);
}

/** Drops files on the page. */
async function drop(page, files, on = "body") {
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer();
    for (const [name, text, times] of list) data.items.add(new File([text.repeat(times ?? 1)], name));
    return data;
  }, files);
  await page.locator(on).dispatchEvent("drop", { dataTransfer: transfer });
}

/** Uses what the box shows. */
async function use(page) {
  await page.getByRole("button", { name: "Use it" }).click();
  await page.getByRole("button", { name: "Done" }).click();
}

test("an error, then Terraform code with a reference that is filled in", async () => {
  const fetched = [];
  const page = await site.open({ init: async (p) => void p.on("request", (request) => fetched.push(new URL(request.url()).pathname)) });
  await verdict(page, /Denied/);
  await pasteAnywhere(page, ERROR);
  await use(page);
  assert.ok(!fetched.includes("/source.wasm"), "the parsers are fetched before there is code");
  await pasteAnywhere(page, MAIN);
  await box(page).getByText("Recognised as: Terraform code").waitFor();
  await soon(async () => assert.ok(fetched.includes("/source.wasm")));
  await typeOver(page, box(page).getByLabel("var.bucket"), "reports");
  await box(page).getByText("Not in what was pasted").waitFor();
  await box(page).getByText("What var.bucket is").waitFor({ state: "detached" });
  await use(page);
  await page.locator('policy-card[data-section="entity/app/identity/read.json"]').waitFor();
  await page.finish();
});

test("a folder's files, dropped anywhere", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await drop(page, [
    ["error.txt", ERROR],
    ["send.json", '{"Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}'],
    ["read.json", '{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}'],
  ]);
  await box(page).getByText("Put into identity/read.json").waitFor();
  await use(page);
  await page.locator('policy-card[data-section="identity/read.json"]').waitFor();
  await page.locator('policy-card[data-section="identity/send.json"]').waitFor();
  await page.finish();
});

test("parts of the page that can't be fetched are said", async () => {
  const gone = "**/assets/{read-file,rewrites}-*.js";
  const page = await site.open({ init: (opened) => opened.route(gone, (route) => route.abort()) });
  await verdict(page, /Denied/);
  const rest = "A part of this page could not be fetched. Reload the page; what you typed is kept.";
  await page.locator(".notice", { hasText: rest }).waitFor();
  // An edit does not mend it.
  await field(page, "Action", "kms:Encrypt");
  await verdict(page, /Allowed/);
  await page.locator(".notice", { hasText: rest }).waitFor();
  await drop(page, [["error.txt", ERROR]]);
  await box(page).getByText("This could not be read: reload the page; what you typed is kept.").waitFor();
  // The browser says so of each by itself.
  page.faults.splice(0, Infinity, ...page.faults.filter((fault) => !/ERR_FAILED|NS_ERROR/.test(fault)));
  await page.finish();
});

test("a file that goes, or is somebody else's, between the drop and the reading is said", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.evaluate(() => {
    Blob.prototype.text = () => Promise.reject(new DOMException("gone", "NotFoundError"));
  });
  await drop(page, [["error.txt", ERROR]]);
  await box(page).getByText("This could not be read: is it still there, and may you read it?").waitFor();
  await page.finish();
});

test("one JSON file on a card takes the place of its policy, and can be undone; another file is imported", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await editor(page, IDENTITY);
  const before = await value(page, IDENTITY);
  const on = `policy-card[data-section="${IDENTITY}"] .cm-content`;
  const all = '{"Statement": {"Effect": "Allow", "Action": "kms:*", "Resource": "*"}}';
  await drop(page, [["all.json", all]], on);
  await verdict(page, /Allowed/);
  await holds(page, IDENTITY, all);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await verdict(page, /Denied/);
  await holds(page, IDENTITY, before);
  await drop(page, [["error.txt", ERROR]], on);
  await box(page).getByText("Recognised as").waitFor();
  assert.equal(await value(page, IDENTITY), before);
  await page.finish();
});

test(
  "a folder that is dropped, with what lies in it",
  { skip: process.env.FIREFOX ? "Firefox is driven without drags" : false },
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "why403-drop-"));
    await mkdir(path.join(folder, "policies", "more"), { recursive: true });
    await mkdir(path.join(folder, "policies", "node_modules"));
    const policy = (action) => `{"Statement": {"Effect": "Allow", "Action": "${action}", "Resource": "*"}}`;
    await writeFile(path.join(folder, "policies", "error.txt"), ERROR);
    await writeFile(path.join(folder, "policies", "read.json"), policy("s3:*"));
    await writeFile(path.join(folder, "policies", "more", "send.json"), policy("sqs:*"));
    await writeFile(path.join(folder, "policies", "node_modules", "tool.json"), policy("sns:*"));
    const page = await site.open();
    await verdict(page, /Denied/);
    // The browser's own drag and drop: a script can make no folder.
    const browser = await page.context().newCDPSession(page);
    const data = { items: [], files: [path.join(folder, "policies")], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) await browser.send("Input.dispatchDragEvent", { type, x: 200, y: 200, data });
    await box(page).getByText("Put into identity/read.json").waitFor();
    await box(page).getByText("Put into identity/send.json").waitFor();
    assert.equal(await box(page).getByText("identity/tool.json").count(), 0, "a folder of a tool is read");
    await use(page);
    await page.locator('policy-card[data-section="identity/send.json"]').waitFor();
    await page.finish();
    await rm(folder, { recursive: true });
  },
);

test("an account's 20 MB, with a choice among its roles", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.evaluate(async () => {
    const role = (i) =>
      `{"RoleName":"role-${i}","Arn":"arn:aws:iam::111122223333:role/role-${i}","AssumeRolePolicyDocument":{"Statement":[]},"RolePolicyList":[{"PolicyName":"own","PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::bucket-${i}/${"x".repeat(9000)}"}]}}],"AttachedManagedPolicies":[]}`;
    const text = `{"UserDetailList":[],"GroupDetailList":[],"RoleDetailList":[${Array.from({ length: 2200 }, (_, i) => role(i)).join(",")}],"Policies":[]}`;
    const data = new DataTransfer();
    data.items.add(new File([text], "account.json"));
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await box(page).getByText("2200 found").waitFor();
  await box(page)
    .getByLabel(/^Filter/)
    .fill("role-2199");
  await box(page).getByLabel("role/role-2199").check();
  await box(page).getByText("Identity-based policy: identity/own.json").waitFor();
  await use(page);
  await page.getByText("role/role-2199").first().waitFor();
  await page.finish();
});

test("reading can be ended, the text stays, and the next one is read", async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const init = (page) =>
    page.route("**/import.wasm*", async (route) => {
      await held;
      await route.continue();
    });
  const page = await site.open({ init });
  await verdict(page, /Denied/);
  await pasteAnywhere(page, "AccessDenied");
  await box(page).getByRole("button", { name: "Cancel" }).click();
  await box(page).getByText("Cancelled. The text stays in the box.").waitFor();
  assert.equal(await page.locator("import-box textarea").inputValue(), "AccessDenied");
  await box(page).getByRole("button", { name: "Cancel" }).waitFor({ state: "detached" });
  release();
  await page.locator("import-box textarea").fill(ERROR);
  await box(page).getByText("Recognised as: S3's access denied message").waitFor();
  await page.finish();
});
