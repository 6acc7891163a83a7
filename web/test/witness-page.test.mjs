// AWS's own simulator: the command, what it can't judge, and whether its output agrees.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { accessible } from "./accessible.mjs";
import { counted, paste, soon, start, until, verdict } from "./page.mjs";

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

const QUEUE = "arn:aws:sqs:us-east-1:111122223333:q";
const TEXT = `A queue

-- request/send --
principal: arn:aws:iam::111122223333:user/alice
action: sqs:SendMessage
resource: ${QUEUE}
-- request/assume --
principal: arn:aws:iam::111122223333:user/alice
action: sts:AssumeRole
resource: arn:aws:iam::111122223333:role/app
-- identity/a.json --
{"Statement": {"Sid": "It", "Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}
-- endpoint.json --
{"Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}}
`;

const output = (decision) =>
  JSON.stringify({ EvaluationResults: [{ EvalActionName: "sqs:SendMessage", EvalResourceName: QUEUE, EvalDecision: decision }] });

async function opened(options) {
  const page = await site.open(options);
  await verdict(page, /Denied/);
  await page.getByRole("button", { name: /^Import/ }).click();
  await page.locator("import-box textarea").fill(TEXT);
  await page.getByRole("button", { name: "Use it" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await verdict(page, /Allowed/);
  await page.getByText("Ask AWS's simulator").click();
  return page;
}

test("the command, what it leaves out, and whether the output agrees", async () => {
  const page = await opened();
  const box = page.locator("witness-box");
  const command = box.locator("pre");
  await command.getByText(/^aws iam simulate-custom-policy/).waitFor();
  await command.getByText(/--action-names sqs:SendMessage/).waitFor();
  await box.getByText(/The VPC endpoint policy: the simulator takes none/).waitFor();
  await box.getByLabel("the policies that the caller has in AWS").check();
  await command.getByText(/^aws iam simulate-principal-policy/).waitFor();
  const pasted = box.getByLabel("What it printed");
  await pasted.fill(`$ aws iam …\n${output("allowed")}`);
  await box.getByText("agrees: allow").waitFor();
  await pasted.fill(output("implicitDeny"));
  await box.getByText("differs: the simulator says implicit deny, why403 allow").waitFor();
  await box.getByText(/the simulator does not name it: identity\/a.json statement 1 \(It\)/).waitFor();
  await pasted.fill("An error occurred");
  await box.getByText(/There is no result of the simulator in it/).waitFor();
  await soon(async () => assert.equal(await box.getByText("differs").count(), 0));
  // Another answer has another command, and what was pasted stays.
  await paste(page, "identity/a.json", '{"Statement": {"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}}');
  await verdict(page, /Denied/);
  await box.getByLabel("the policies on this page").check();
  await command.getByText(/"Effect": "Deny"/).waitFor();
  await soon(async () => assert.equal(await pasted.inputValue(), "An error occurred"));
  await page.finish();
});

test("what can't be asked says why, and has no command", async () => {
  const page = await opened();
  await page.getByRole("radio", { name: "Explain assume" }).check();
  await verdict(page, /Denied/);
  const box = page.locator("witness-box");
  await box.getByText(/A role trust policy decides who assumes the role/).waitFor();
  await counted(page, "witness-box pre", 0);
  await box.getByLabel("What it printed").waitFor({ state: "detached" });
  await page.finish();
});

for (const colorScheme of ["light", "dark"]) {
  test(`no accessibility violations, and nothing wider than 320 pixels, ${colorScheme}`, async () => {
    const page = await opened({ colorScheme, viewport: { width: 320, height: 800 } });
    const box = page.locator("witness-box");
    await box.locator("pre").waitFor();
    await box.getByLabel("What it printed").fill(output("implicitDeny"));
    await box.getByText(/differs/).waitFor();
    await accessible(page);
    await until(page, () => document.documentElement.scrollWidth <= 320);
    await page.finish();
  });
}
