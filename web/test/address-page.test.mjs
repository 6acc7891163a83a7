// Links, drafts, back and forward: what a reader reaches by an address.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { chromiumOnly, counted, field, go, holds, IDENTITY, paste, soon, start, until, value, verdict } from "./page.mjs";

const IAM = JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "kms:Decrypt", Resource: "*" } });

let site;
before(async () => {
  site = await start();
});
after(() => site?.stop());

/** The link in the Share dialog. */
async function shared(page) {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await until(page, () => document.querySelector(".share input")?.value.includes("#s="));
  const link = await page.locator(".share input").inputValue();
  await page.getByRole("button", { name: "Close" }).click();
  return link;
}

/** Opens another address in the same tab as if it were new: another document. */
async function goto(page, url) {
  await page.goto("about:blank");
  await page.goto(url);
}

const hash = (page, wanted) => soon(async () => assert.equal(new URL(page.url()).hash, wanted));
const action = (page, wanted) => soon(async () => assert.equal(await page.getByLabel("Action", { exact: true }).inputValue(), wanted));
const title = (page, text) => until(page, (wanted) => document.querySelector(".notes textarea")?.value.includes(wanted), text);

test("paste, verdict, the change, link, reopen", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page
    .getByRole("button", { name: /^Show the change/ })
    .first()
    .click();
  await page
    .getByRole("button", { name: /^Apply/ })
    .first()
    .click();
  await verdict(page, /Allowed/);
  const fixed = await soon(async () => {
    const text = await value(page, IDENTITY);
    assert.match(text, /kms:Decrypt/);
    return text;
  });
  const link = await shared(page);
  assert.equal(await shared(page), link, "the same scenario has the same link");
  await goto(page, link);
  await verdict(page, /Allowed/);
  await holds(page, IDENTITY, fixed);
  await page.finish();
});

test("a cut, a damaged and a foreign link say so, and the page works on", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const link = await shared(page);
  const blob = link.slice(link.indexOf("#s=") + 3).replace(/&.*/s, "");
  const address = link.slice(0, link.indexOf("#s=") + 3);
  const flipped = `${blob.slice(0, 40)}${blob[40] === "A" ? "B" : "A"}${blob.slice(41)}`;
  for (const [broken, message] of [
    [blob.slice(0, 100), /cut off after 100 characters/],
    [flipped, /was changed on its way/],
  ]) {
    await goto(page, address + broken);
    await verdict(page, /Denied/);
    // It stays when the answer has come, and until something is edited.
    await page.locator(".notice .trouble", { hasText: message }).waitFor();
  }
  await field(page, "Action", "kms:Encrypt");
  await verdict(page, /Allowed/);
  await counted(page, ".notice", 0);
  await page.finish();
});

test("a link that tells of another answer shows both", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const link = await shared(page);
  assert.match(link, /&e=[^&]+&o=implicit-deny$/);
  await goto(page, link.replace("&o=implicit-deny", "&o=allow"));
  await page.locator(".notice", { hasText: /then allowed, now\s+implicit deny/ }).waitFor();
  // It is of the link, and goes with it, also where the answer is the same.
  await page.evaluate(() => (location.hash = ""));
  await until(page, () => document.querySelector(".notice") === null);
  await goto(page, link);
  await verdict(page, /Denied/);
  await counted(page, ".notice", 0);
  await page.finish();
});

const SPARED = `An account in NotPrincipal

-- request --
principal: arn:aws:iam::111122223333:user/alice
action: s3:GetObject
resource: arn:aws:s3:::reports/a
resource-account: 111122223333
-- identity/a.json --
{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
-- resource.json --
{"Statement": {"Effect": "Deny", "NotPrincipal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "s3:*", "Resource": "*"}}
`;

test("a link, or a draft, of an older engine says which rule changed the answer", async () => {
  const page = await site.open({
    init: (page) =>
      page.addInitScript((text) => {
        if (origin === "null") return; // the blank page that comes first
        const told = { draft: true, engine: "1", outcomes: ["allow"] };
        localStorage.setItem("why403.draft.old", JSON.stringify({ id: "old", title: "Spared", text, time: 1, told }));
      }, SPARED),
  });
  await verdict(page, /Denied/);
  const notice = page.locator(".notice");
  await notice.getByText(/This draft was kept with version 1 of the engine/).waitFor();
  await notice.getByText(/Version 2: An account in NotPrincipal spares its root user alone/).waitFor();
  assert.match(await notice.getByRole("link", { name: "AWS's page" }).first().getAttribute("href"), /elements_notprincipal/);
  const link = (await shared(page)).replace(/&e=.*/, "");
  await goto(page, `${link}&e=1&o=allow`);
  await notice.getByText(/This link was made with version 1/).waitFor();
  await notice.getByText(/spares its root user alone/).waitFor();
  await goto(page, `${link}&e=2&o=allow`);
  await notice.getByText("No rule of the changelog explains it.").waitFor();
  await page.finish();
});

test("a draft keeps what was answered", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await paste(page, IDENTITY, IAM);
  await verdict(page, /Allowed/);
  const told = () => {
    const key = Object.keys(localStorage).find((name) => name.startsWith("why403.draft."));
    return key && JSON.parse(localStorage.getItem(key)).told?.outcomes.join() === "allow";
  };
  await until(page, told);
  await page.reload();
  await verdict(page, /Allowed/);
  await counted(page, ".notice", 0);
  await page.finish();
});

test("a draft that is saved before the engine answers keeps the answer too", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.evaluate(() => {
    const post = Worker.prototype.postMessage;
    const held = [];
    Worker.prototype.postMessage = function (...args) {
      held.push(() => post.apply(this, args));
    };
    globalThis.release = () => {
      Worker.prototype.postMessage = post;
      for (const send of held.splice(0)) send();
    };
  });
  await paste(page, IDENTITY, IAM);
  const told = () =>
    page.evaluate(() =>
      Object.keys(localStorage)
        .filter((name) => name.startsWith("why403.draft."))
        .map((name) => JSON.parse(localStorage.getItem(name)).told?.outcomes.join() ?? "not told"),
    );
  await soon(async () => assert.deepEqual(await told(), ["not told"]));
  await page.evaluate(() => globalThis.release());
  await soon(async () => assert.deepEqual(await told(), ["allow"]));
  await page.finish();
});

test("a draft survives a reload; a link wins over it and leaves it alone", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const link = await shared(page);
  await paste(page, IDENTITY, IAM);
  await verdict(page, /Allowed/);
  await page.reload();
  await verdict(page, /Allowed/);
  await holds(page, IDENTITY, IAM);
  await goto(page, link);
  await verdict(page, /Denied/);
  await goto(page, site.url);
  await verdict(page, /Allowed/);
  // Editing what a link brought starts a draft of its own.
  await goto(page, link);
  await verdict(page, /Denied/);
  await field(page, "Action", "kms:Encrypt");
  await verdict(page, /Allowed/);
  await page.reload();
  await verdict(page, /Allowed/);
  await action(page, "kms:Encrypt");
  await page.getByText("Kept in this browser").click();
  await counted(page, ".kept li", 2);
  await page.finish();
});

test("back and forward go between scenarios", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  const id = "cross-account/delegation/allow/none";
  await page.getByRole("radio", { name: /^All/ }).check();
  await page.locator(`tr[data-id="${id}"] button.row`).click();
  await verdict(page, /Allowed/);
  await hash(page, `#row=${id}`);
  await field(page, "Action", "kms:NoSuchThing");
  await verdict(page, /Denied/);
  await hash(page, "");
  await go(page, -1);
  await verdict(page, /Allowed/);
  await go(page, -1);
  await verdict(page, /Denied/);
  await action(page, "kms:Decrypt");
  await go(page, 1);
  await verdict(page, /Allowed/);
  await go(page, 1);
  await verdict(page, /Denied/);
  await action(page, "kms:NoSuchThing");
  await page.finish();
});

test("rows and gallery items have addresses", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await goto(page, `${site.url}#row=same-account/delegation/allow/none`);
  await verdict(page, /Allowed/);
  const examples = await page.evaluate(() => fetch("examples.json").then((response) => response.json()));
  const example = examples.examples.find((entry) => entry.outcomes[0] === "explicit deny");
  await goto(page, `${site.url}#example=${example.file}`);
  await verdict(page, /explicit deny/);
  await title(page, example.title);
  await goto(page, `${site.url}#example=no/such.txtar`);
  await verdict(page, /Denied/);
  await page.locator(".notice .trouble", { hasText: "There is no scenario called no/such.txtar here." }).waitFor();
  await page.finish();
});

test("forget everything empties the store", async () => {
  const page = await site.open();
  await paste(page, IDENTITY, IAM);
  await verdict(page, /Allowed/);
  await until(page, () => localStorage.length > 0);
  await page.getByText("Kept in this browser").click();
  await page.getByRole("button", { name: "Forget everything" }).click();
  await page.getByRole("button", { name: /^Yes, forget/ }).click();
  await verdict(page, /Denied/);
  await soon(async () => assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0));
  assert.equal(await page.evaluate(() => document.cookie), "");
  await page.reload();
  await verdict(page, /Denied/);
  await page.finish();
});

test("no draft goes unasked, however many there are", async () => {
  const page = await site.open({
    init: (p) =>
      p.addInitScript(() => {
        if (origin === "null") return; // the blank page that comes first
        // The list of an earlier version, and drafts of this one.
        const draft = (id, time) => ({ id, title: `Draft ${id}`, text: `Draft ${id}\n\n-- request --\n`, time });
        localStorage.setItem("why403.drafts", JSON.stringify([draft("old1", 1), draft("old2", 2)]));
        for (let i = 0; i < 20; i++) localStorage.setItem(`why403.draft.new${i}`, JSON.stringify(draft(`new${i}`, 10 + i)));
      }),
  });
  await page.getByText("Kept in this browser").click();
  await counted(page, ".kept li", 10);
  await page.getByRole("button", { name: "Show more, of 12 older drafts" }).click();
  await page.getByRole("button", { name: "Show more, of 2 older drafts" }).click();
  await counted(page, ".kept li", 22);
  await page.getByRole("button", { name: "Forget Draft old1" }).click();
  await page.getByRole("button", { name: "Forget Draft new3" }).click();
  await counted(page, ".kept li", 20);
  const kept = await page.evaluate(() => [
    JSON.parse(localStorage.getItem("why403.drafts")).map(({ id }) => id),
    localStorage.getItem("why403.draft.new3"),
  ]);
  assert.deepEqual(kept, [["old2"], null]);
  await page.finish();
});

test("damaged entries of the storage are listed as far as they can be read, and each can be forgotten", async () => {
  const entries = {
    time: { id: "time", title: "Its time", time: 1e99 },
    told: { id: "told", title: "Its answer", time: 5, told: 5 },
    outcomes: { id: "outcomes", title: "Its outcomes", time: 4, told: { engine: "1", outcomes: [7] } },
    answers: { id: "answers", title: "Its commands", time: 3, answers: { a: null } },
    key: { id: "another", title: "Its id", time: 2 },
    text: { id: "text", title: "Its text", time: 1, text: 5 },
  };
  const page = await site.open({
    init: (p) =>
      p.addInitScript((all) => {
        if (origin === "null" || localStorage.length > 0) return;
        const text = "Kept\n\n-- request --\n";
        for (const [key, value] of Object.entries(all)) localStorage.setItem(`why403.draft.${key}`, JSON.stringify({ text, ...value }));
        localStorage.setItem("why403.draft.cut", '{"id":"cut",');
        localStorage.setItem("why403.drafts", '[null, 5, {"id": "old"}]');
      }, entries),
  });
  await page.getByText("Kept in this browser").click();
  await counted(page, ".kept li", 5);
  const forget = (name) => page.getByRole("button", { name: `Forget ${name}` });
  const id = await forget("Its id").elementHandle();
  // Each that is opened goes on as a draft of its own, above the others, once the next one is.
  for (const [i, name] of ["Its answer", "Its outcomes", "Its commands"].entries()) {
    await page.getByRole("button", { name, exact: true }).press("Enter");
    await title(page, "Kept");
    await counted(page, ".kept li", 5 + i);
  }
  await id.evaluate((button) => button.click()); // the list has moved below the pointer
  await forget("Its time").press("Enter");
  for (const name of ["Its id", "Its time"]) await page.getByRole("button", { name, exact: true }).waitFor({ state: "detached" });
  assert.deepEqual(await page.evaluate(() => ["key", "time"].map((key) => localStorage.getItem(`why403.draft.${key}`))), [null, null]);
  await page.finish();
});

test("a copy of a tab writes a draft of its own, and neither loses what was typed", async () => {
  const page = await site.open();
  const drafts = (of) =>
    of.evaluate(() =>
      Object.entries(localStorage).flatMap(([key, value]) => (key.startsWith("why403.draft.") ? [JSON.parse(value).text] : [])),
    );
  const kept = (word) =>
    soon(async () =>
      assert.ok(
        (await drafts(page)).some((text) => text.includes(word)),
        word,
      ),
    );
  await paste(page, IDENTITY, IAM.replace("{", '{ "Id": "first",'));
  await kept("first");
  const copy = await page.context().newPage();
  await copy.goto(site.url);
  const state = await page.evaluate(() => history.state);
  await copy.evaluate((own) => history.replaceState(own, ""), state);
  await copy.reload();
  await verdict(copy, /Allowed/);
  await paste(copy, IDENTITY, IAM.replace("{", '{ "Id": "second",'));
  await kept("second");
  await paste(page, IDENTITY, IAM.replace("{", '{ "Id": "third",'));
  await kept("third");
  await kept("second");
  await page.reload();
  await verdict(page, /Allowed/);
  assert.match(await value(page, IDENTITY), /third/);
  await page.finish();
});

test(
  "where storage is full nothing older goes, and the page says what to do",
  chromiumOnly("its driver tells of no downloads"),
  async () => {
    const page = await site.open();
    await paste(page, IDENTITY, IAM);
    await verdict(page, /Allowed/);
    await until(page, () => Object.keys(localStorage).some((key) => key.startsWith("why403.draft.")));
    const before = await page.evaluate(() => {
      // As other pages of the site may: all of it, to the last letter.
      for (let size = 1 << 22; size >= 1;) {
        try {
          localStorage.setItem(`filler${size}`, (localStorage.getItem(`filler${size}`) ?? "") + "x".repeat(size));
        } catch {
          size >>= 1;
        }
      }
      return Object.entries(localStorage).filter(([key]) => key.startsWith("why403."));
    });
    const larger = IAM.replace("{", `{\n"Id": "${"x".repeat(5000)}", `);
    await paste(page, IDENTITY, larger);
    await page.locator(".notice.full", { hasText: "storage is full" }).waitFor();
    assert.deepEqual(await page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith("why403."))), before);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download this scenario" }).click(),
    ]);
    assert.ok(readFileSync(await download.path(), "utf8").includes(larger));
    // Leaving is asked about. What is forgotten makes room.
    const asked = page.waitForEvent("dialog");
    await page.evaluate(() => void setTimeout(() => location.reload()));
    const dialog = await asked;
    assert.equal(dialog.type(), "beforeunload");
    await dialog.dismiss();
    await page.evaluate(() => localStorage.removeItem(`filler${1 << 22}`));
    await page.getByRole("button", { name: "Choose drafts to forget" }).click();
    await page.locator(".kept", { hasText: "no room for more" }).waitFor();
    await paste(page, IDENTITY, `${larger} `);
    await page.locator(".notice.full").waitFor({ state: "detached" });
    await page.reload();
    await verdict(page, /Allowed/);
    await holds(page, IDENTITY, `${larger} `);
    await page.finish();
  },
);

test("where storage is blocked the page works, and says that nothing is kept", async () => {
  const page = await site.open({
    init: (p) =>
      p.addInitScript(() => {
        for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
          Object.defineProperty(globalThis, name, {
            get() {
              throw new DOMException("blocked", "SecurityError");
            },
          });
        }
      }),
  });
  await paste(page, IDENTITY, IAM);
  await verdict(page, /Allowed/);
  await page.getByText("Kept in this browser").click();
  await page.locator(".kept", { hasText: "stores nothing" }).waitFor();
  await page.finish();
});

test("after the first load all of it works offline", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  await page.getByRole("button", { name: /^Gallery \(\d+\)/ }).waitFor();
  await page.getByText("Action list: iam-data").waitFor();
  await page.locator("policy-editor .cm-content").first().waitFor();
  // This table is the last to come: a slow processor may be idle before it asks for it.
  await page.getByRole("heading", { name: "Same account: whose Allow is enough" }).waitFor();
  await page.waitForLoadState("networkidle");
  await page.context().setOffline(true);
  await paste(page, IDENTITY, IAM);
  await verdict(page, /Allowed/);
  assert.match(await shared(page), /#s=/);
  await page.getByRole("radio", { name: /^All/ }).check();
  await page.locator('tr[data-id="same-account/none/none/none"] button.row').click();
  await verdict(page, /Denied/);
  await page.finish();
});

const HOSTILE = [
  `</script><script>globalThis.hacked = true</script>`,
  `\u202Eevil\u202C`,
  `__proto__`,
  `constructor`,
  `<img src=x onerror="globalThis.hacked = true">`,
  "-- request --",
  "\u0000",
  `"'\`\\`,
  "x".repeat(100_000),
];

test("hostile strings in every field are text and nothing else", async () => {
  const page = await site.open();
  await verdict(page, /Denied/);
  for (const text of HOSTILE) {
    await field(page, "Principal", text);
    await field(page, "Action", text);
    await field(page, "Resource", text);
    const sid = JSON.stringify({
      Statement: { Sid: text, Effect: "Deny", Action: text, Resource: text, Condition: { StringEquals: { [text]: text } } },
    });
    await paste(page, IDENTITY, sid);
    await paste(page, "resource.json", sid);
    await until(page, () => document.querySelector('.verdict[aria-busy="false"]'));
    assert.equal(await page.evaluate(() => globalThis.hacked), undefined);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), text.slice(0, 40));
  }
  await field(page, "Principal", "arn:aws:iam::111122223333:user/a");
  await field(page, "Action", "kms:Decrypt");
  await field(page, "Resource", "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab");
  const sid = JSON.stringify({
    Version: "2012-10-17",
    Statement: { Sid: "x".repeat(100_000), Effect: "Deny", Action: "*", Resource: "*" },
  });
  await paste(page, IDENTITY, sid);
  await paste(page, "resource.json", "");
  await verdict(page, /explicit deny/);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.finish();
});
