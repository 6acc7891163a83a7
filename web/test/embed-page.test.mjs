// Embeds in pages of other sites: the elements, and the iframe.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { accessible } from "./accessible.mjs";
import { serve } from "../serve.mjs";
import { load } from "./load.mjs";
import { counted, EMULATED, launch, soon } from "./page.mjs";

const testdata = (name) => readFileSync(new URL(`../../engine/embed/testdata/${name}`, import.meta.url), "utf8");

// What why403 embed --html wrote, with attributes of a test.
const block = (attributes = "", name = "denied.html") => testdata(name).replace("<why403-scenario ", `<why403-scenario ${attributes} `);
const SRC = /src="([^"]+)"/.exec(testdata("denied.html"))[1].replaceAll("&amp;", "&");
const OTHER = /src="([^"]+)"/.exec(testdata("two.html"))[1].replaceAll("&amp;", "&");
const SCENARIO = testdata("denied.txtar");
const ID = "bcdfghjkmnprstvxbcdfghjk";
const PRIVATE = "kjhgfdcbxvtsrpnmkjhgfdcb";

const EAGER = 'loading="eager"';
const live = "why403-scenario .verdict";

let site, host, browser;
before(async () => {
  site = await serve(0);
  host = await otherSite();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  for (const { server } of [site, host]) {
    server?.closeAllConnections();
    server?.close();
  }
});

/** A site of somebody else: another origin. `files` is what it has. */
async function otherSite() {
  const files = new Map([["/favicon.ico", { body: "" }]]);
  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url, "http://host").pathname);
    response.writeHead(file ? 200 : 404, { "content-type": "text/html; charset=utf-8", ...file?.headers });
    response.end(file?.body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, files, url: `http://127.0.0.1:${server.address().port}/` };
}

const script = () => `<script type="module" src="${site.url}why403.js"></script>`;

/** What a site has to allow, and nothing else. */
const strict = () => `default-src 'none'; script-src ${site.url} 'wasm-unsafe-eval'; connect-src ${site.url} 'self'; style-src 'self'`;

/** Opens a page of the other site. `finish` fails on anything that went wrong meanwhile. */
async function open(body, { csp, head = script(), init, route, ...options } = {}) {
  const headers = csp ? { "content-security-policy": csp } : {};
  host.files.set("/", {
    headers,
    body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Documentation</title>${head}<main><h1>Documentation</h1>${body}</main>`,
  });
  const context = await browser.newContext({ viewport: { width: 900, height: 900 }, ...EMULATED, ...options });
  const page = await context.newPage();
  const faults = [];
  const requests = [];
  // Firefox asks for an icon by itself, and for no other page's sake.
  const tell = (text) => !text.includes("/favicon.ico") && faults.push(text);
  page.on("console", (message) => message.type() === "error" && tell(message.text()));
  page.on("pageerror", (error) => tell(error.message));
  context.on("request", (request) => requests.push(request.url()));
  await page.addInitScript(() => {
    globalThis.heard = [];
    for (const name of ["why403-ready", "why403-decision", "why403-error"]) {
      addEventListener(name, (event) => globalThis.heard.push({ name, detail: structuredClone(event.detail) }));
    }
  });
  if (init) await page.addInitScript(init);
  if (route) await route(context);
  await page.goto(host.url);
  return Object.assign(page, {
    requests,
    heard: () => page.evaluate(() => globalThis.heard),
    async finish(expected = []) {
      await context.close();
      assert.deepEqual(faults, expected);
    },
  });
}

/** Holds when the result of the element comes to be so. */
const result = (page, check) => soon(async () => check(await page.locator("why403-scenario").evaluate((element) => element.result)));

/** Waits for an event of an embed. */
const event = (page, name) =>
  page
    .waitForFunction((wanted) => globalThis.heard.find((entry) => entry.name === wanted)?.detail ?? false, name)
    .then((handle) => handle.jsonValue());

test("on another origin with a strict policy the live view takes the place of the static content", async () => {
  const page = await open(block(EAGER), { csp: strict() });
  await page.locator(live, { hasText: "Denied" }).waitFor();
  await page.locator("figure.why403").waitFor({ state: "hidden" });
  const decision = await event(page, "why403-decision");
  assert.deepEqual([decision.outcomes, decision.met], [["implicit deny"], true]);
  await result(page, (found) => assert.deepEqual({ ...found }, decision));
  assert.equal(await page.locator("why403-scenario").evaluate((element) => element.scenario), SCENARIO);
  const link = page.getByRole("link", { name: "Open in why403" });
  assert.equal(await link.getAttribute("href"), site.url + SRC.slice(SRC.indexOf("#")));
  // The looks of the element come from style sheets that the strict policy allows.
  const word = page.locator(".verdict strong").first();
  await soon(async () => assert.notEqual(await word.evaluate((each) => getComputedStyle(each).fontWeight), "400"));
  await page.finish();
});

test("nothing happens at import, and what happens later leaves no trace on the page", async () => {
  const page = await open("<p>No embed.</p>", { head: "", init: () => (globalThis.keys = Object.getOwnPropertyNames(globalThis)) });
  const early = page.requests.length;
  await page.addScriptTag({ type: "module", url: `${site.url}why403.js` });
  await page.waitForFunction(() => customElements.get("why403-scenario"));
  assert.deepEqual(
    page.requests.slice(early).filter((url) => !/(why403|preload-helper[^/]*)\.js$/.test(url)),
    [],
  );
  await page.evaluate((html) => document.querySelector("main").insertAdjacentHTML("beforeend", html), block(`${EAGER} view="edit"`));
  await page.locator(live).waitFor();
  const left = await page.evaluate(async () => ({
    globals: Object.getOwnPropertyNames(globalThis).filter(
      (key) => !globalThis.keys.includes(key) && key !== "keys" && !key.startsWith("__pw_"),
    ),
    storage: [
      localStorage.length,
      sessionStorage.length,
      document.cookie,
      (await indexedDB.databases()).length,
      (await caches.keys()).length,
    ],
    styles: document.styleSheets.length + document.adoptedStyleSheets.length,
  }));
  assert.deepEqual(left, { globals: [], storage: [0, 0, "", 0, 0], styles: 0 });
  assert.ok(
    page.requests.every((url) => url.startsWith(site.url) || url === host.url),
    page.requests.join("\n"),
  );
  await page.finish();
});

test("attributes come late, in any order, and change", async () => {
  const page = await open("");
  await page.evaluate((src) => {
    const element = document.createElement("why403-scenario");
    document.querySelector("main").append(element);
    element.setAttribute("expect", "allow");
    element.setAttribute("loading", "eager");
    element.setAttribute("src", src);
  }, SRC);
  await page.locator(".unmet", { hasText: "This page says “allow”. The engine answers “implicit deny”." }).waitFor();
  const element = page.locator("why403-scenario");
  await element.evaluate((el) => el.setAttribute("expect", "implicit deny"));
  await page.locator(".unmet").waitFor({ state: "detached" });
  await element.evaluate((el, src) => {
    el.setAttribute("src", src);
    el.setAttribute("expect", "allow, explicit deny");
  }, OTHER);
  await page.locator(live, { hasText: "Allowed" }).waitFor();
  await result(page, ({ met }) => assert.equal(met, true));
  await page.getByRole("radio", { name: /write/ }).check();
  await page.locator(live, { hasText: "Denied" }).waitFor();
  for (const [view, part] of [
    ["tables", "combination-tables caption"],
    ["edit", "policy-card textarea"],
    ["split", ".columns .written"],
    ["answer", "details .written"],
  ]) {
    await element.evaluate((el, value) => el.setAttribute("view", value), view);
    await page.locator(part).first().waitFor({ state: "attached" });
  }
  await page.finish();
});

test("a scenario set as a property, even before the script has come; a bad one keeps what is shown", async () => {
  const page = await open("<why403-scenario></why403-scenario>", { head: "" });
  await page.evaluate((text) => (document.querySelector("why403-scenario").scenario = text), SCENARIO);
  await page.addScriptTag({ type: "module", url: `${site.url}why403.js` });
  await page.locator(live, { hasText: "Denied" }).waitFor();
  // Nothing says what to expect.
  await result(page, ({ met }) => assert.equal(met, undefined));
  await page.evaluate(() => (document.querySelector("why403-scenario").scenario = "no scenario"));
  const { message } = await event(page, "why403-error");
  assert.match(message, /can't be read/);
  await page.locator(".note", { hasText: "can't be read" }).waitFor();
  await page.locator(live, { hasText: "Denied" }).waitFor();
  await page.finish();
});

test("it survives being taken out and put in again", async () => {
  const page = await open(block(EAGER));
  await page.evaluate(() => {
    const element = document.querySelector("why403-scenario");
    element.remove();
    document.querySelector("main").append(element);
  });
  await page.locator(live, { hasText: "Denied" }).waitFor();
  const text = await page.locator(live).innerText();
  await page.evaluate(() => {
    globalThis.kept = document.querySelector("why403-scenario");
    globalThis.kept.remove();
  });
  await page.evaluate((src) => {
    globalThis.kept.setAttribute("src", src);
    document.querySelector("main").prepend(globalThis.kept);
  }, OTHER);
  await page.locator(live, { hasText: "Allowed" }).waitFor();
  await soon(async () => assert.notEqual(await page.locator(live).innerText(), text));
  await counted(page, live, 1);
  await page.finish();
});

test("twenty on one page share one engine", async () => {
  // On the playground's own origin, where the engine has a worker.
  const page = await open("");
  const workers = [];
  page.on("worker", (worker) => workers.push(worker.url()));
  await page.route(`${site.url}docs/`, (route) =>
    route.fulfill({ contentType: "text/html", body: `<!doctype html>${script()}${block(EAGER).repeat(20)}` }),
  );
  await page.goto(`${site.url}docs/`);
  await page.waitForFunction(() => globalThis.heard.filter(({ name }) => name === "why403-ready").length === 20);
  await soon(async () => assert.equal(await page.locator(live, { hasText: "Denied" }).count(), 20));
  assert.equal(workers.length, 1);
  assert.equal(page.requests.filter((url) => url.includes("page.wasm")).length, 1);
  await page.finish();
});

test("where the site allows no worker the engine runs in the page", async () => {
  const page = await open("");
  const headers = { "content-security-policy": "worker-src 'none'" };
  await page.route(`${site.url}docs/`, (route) =>
    route.fulfill({ headers, contentType: "text/html", body: `<!doctype html>${script()}${block(EAGER)}` }),
  );
  await page.goto(`${site.url}docs/`);
  await page.locator(live, { hasText: "Denied" }).waitFor();
  assert.equal(page.workers().length, 0);
  await page.context().close();
});

test("it waits until it is seen, or pressed", async () => {
  const page = await open(`${block('loading="click"')}<style>#space { height: 5000px }</style><p id="space"></p>${block()}`);
  const button = page.getByRole("button", { name: "Show it live" });
  await button.waitFor();
  assert.equal(
    page.requests.some((url) => /wasm|scenario-view/.test(url)),
    false,
  );
  await button.click();
  await page.locator(live).first().waitFor();
  await counted(page, live, 1);
  await page.locator("why403-scenario").last().scrollIntoViewIfNeeded();
  await page.waitForFunction(() => globalThis.heard.filter(({ name }) => name === "why403-ready").length === 2);
  await page.finish();
});

test("without the engine, without the rest of the script, and without any script the static content stays", async () => {
  for (const [part, message] of [
    ["**/page.wasm*", /engine could not start/],
    ["**/scenario-view*", /could not be loaded/],
  ]) {
    const page = await open(block(EAGER), { route: (context) => context.route(part, (route) => route.abort()) });
    await event(page, "why403-error");
    await page.locator(".note", { hasText: message }).waitFor();
    await page.locator("figure.why403 .why403-verdict", { hasText: "Denied (implicit deny)" }).waitFor();
    await page.context().close();
  }
  const page = await open(block(EAGER), { javaScriptEnabled: false });
  await page.getByText("User: arn:aws:iam::111122223333:user/alice is not authorized").waitFor();
  await page.finish();
});

test("a link that was cut off says so", async () => {
  const page = await open("");
  await page.evaluate(
    (src) => {
      document.querySelector("main").innerHTML = `<why403-scenario loading="eager" src="${src}">static</why403-scenario>`;
    },
    SRC.slice(0, SRC.indexOf("&") - 40),
  );
  const { message } = await event(page, "why403-error");
  assert.match(message, /cut off after \d+ characters/);
  await page.finish();
});

test("files of the own site and short links are read; files of others are not", async () => {
  host.files.set("/a.txtar", { body: SCENARIO });
  const shared = { "access-control-allow-origin": "*", "content-type": "application/json" };
  // A private one: the page's own code makes the box and the link with the key.
  const { createPrivate } = await load("src/share/short-link.ts");
  let box;
  const secret = await createPrivate(SRC.slice(SRC.indexOf("#")), site.url, async (url, { body }) => {
    ({ box } = JSON.parse(body));
    return Response.json({ id: PRIVATE, url: `${site.url}s/${PRIVATE}`, deleteToken: "" });
  });
  const page = await open(`<why403-scenario ${EAGER} src="a.txtar"></why403-scenario>`, {
    route: async (context) => {
      await context.route(`${site.url}api/links/${ID}`, (route) =>
        route.fulfill({ headers: shared, json: { v: 1, kind: "public", scenario: SCENARIO.replace("user/alice", "user/bob") } }),
      );
      await context.route(`${site.url}api/links/${PRIVATE}`, (route) =>
        route.fulfill({ headers: shared, json: { v: 1, kind: "private", box } }),
      );
    },
  });
  await page.locator(".asked", { hasText: "user/alice" }).waitFor();
  await page.locator(".to-page a[href*='#s=']").waitFor();
  const set = (src) => page.locator("why403-scenario").evaluate((el, value) => el.setAttribute("src", value), src);
  await set(`${site.url}s/${ID}`);
  await page.locator(".asked", { hasText: "user/bob" }).waitFor();
  await set(secret.url);
  await page.locator(".asked", { hasText: "user/alice" }).waitFor();
  for (const [src, message] of [
    [`${site.url}a.txtar`, "must be on the site"],
    ["a.json", "nor a .txtar"],
    ["http://", "not a valid address"],
    [secret.url.split("#")[0], "key does not open"],
  ]) {
    await set(src);
    await page.locator(".note", { hasText: message }).waitFor();
  }
  await page.finish();
});

test("a person edits the policies; then the page's expectation no longer holds", async () => {
  const page = await open(block(`${EAGER} editable view="split"`), { csp: strict() });
  await page.locator(live, { hasText: "Denied" }).waitFor();
  const boundary = page.locator('policy-card[data-section="boundary.json"] textarea');
  await boundary.fill((await boundary.inputValue()).replace("s3:*", "kms:*"));
  await page.locator(live, { hasText: "Allowed" }).waitFor();
  await result(page, ({ met }) => assert.equal(met, undefined));
  const scenario = () => page.locator("why403-scenario").evaluate((el) => el.scenario);
  await soon(async () => assert.match(await scenario(), /"kms:\*", "Resource": "\*"}}/));
  await page.getByRole("radio", { name: "Cross-account" }).check();
  await page.locator(live, { hasText: "Denied" }).waitFor();
  await page.locator(".statements tbody button").first().click();
  const focus = () => page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.localName);
  await soon(async () => assert.equal(await focus(), "textarea"));
  await page.finish();
});

test("a statement shows its line in the policies", async () => {
  const page = await open(block(EAGER));
  await page.locator(".statements tbody button").nth(1).click();
  await page.locator('[data-section="boundary.json"] .spot', { hasText: "s3:*" }).waitFor();
  await page.finish();
});

test("the combination tables lead to the playground", async () => {
  const page = await open(`<kms-access-table ${EAGER} view="no-grants"></kms-access-table>`, { csp: strict() });
  await page.locator("caption", { hasText: "Same account (6)" }).waitFor();
  assert.match(await page.locator(".permalink").first().getAttribute("href"), new RegExp(`^${site.url}#row=same-account/`));
  await page.locator("kms-access-table").evaluate((el) => el.setAttribute("view", "all"));
  await page.locator("caption", { hasText: "Same account (18)" }).waitFor();
  await page.finish();
});

test("the tables of a service need no engine, and a service without tables is named", async () => {
  const page = await open(`<access-table ${EAGER} service="s3" view="unlimited"><p>As it was built</p></access-table>`, { csp: strict() });
  await page.locator("h2", { hasText: "S3 access combinations" }).waitFor();
  await page.locator("caption", { hasText: "Same account (12)" }).waitFor();
  assert.match(await page.locator(".permalink").first().getAttribute("href"), new RegExp(`^${site.url}#row=s3/same-account/`));
  await page.locator("access-table").evaluate((el) => el.setAttribute("service", "lambda"));
  await page.locator("h2", { hasText: "Lambda access combinations" }).waitFor();
  await page.locator("access-table").evaluate((el) => el.setAttribute("service", "nosuch"));
  await page.locator(".note", { hasText: "There are no tables for “nosuch”" }).waitFor();
  assert.deepEqual(
    page.requests.filter((url) => url.includes(".wasm")),
    [],
  );
  await page.context().close();
});

test("styles leak neither in nor out; the theme is the page's or the element's", async () => {
  const page = await open(`<p class="verdict" id="probe">Mine</p><button id="mine">Mine</button>${block(EAGER)}`);
  await page.addStyleTag({
    content: "main { letter-spacing: 4px; text-transform: uppercase; color: rgb(255, 0, 0) } .verdict { padding: 77px } p { margin: 33px }",
  });
  await page.locator(live).waitFor();
  const look = (selector, name) =>
    page
      .locator(selector)
      .first()
      .evaluate((el, property) => getComputedStyle(el)[property], name);
  await soon(async () => assert.equal(await look(live, "letterSpacing"), "normal"));
  assert.equal(await look(live, "textTransform"), "none");
  assert.notEqual(await look(live, "padding"), "77px");
  assert.equal(await look("why403-scenario .why", "marginTop"), "4px");
  assert.equal(await look("#probe", "padding"), "77px");
  assert.equal(await look("#mine", "borderRadius"), "0px");
  const paper = () => look(".embed", "backgroundColor");
  const bright = await paper();
  await page.evaluate(() => document.documentElement.style.setProperty("color-scheme", "dark"));
  await soon(async () => assert.notEqual(await paper(), bright));
  await page.locator("why403-scenario").evaluate((el) => el.setAttribute("theme", "light"));
  await soon(async () => assert.equal(await paper(), bright));
  await page.finish();
});

test("height limits it, and the keyboard reaches what scrolls", async () => {
  const page = await open(block(`${EAGER} height="300"`), { csp: strict() });
  await page.locator(live).waitFor();
  await soon(async () => {
    const { height } = await page.locator("why403-scenario").boundingBox();
    assert.ok(height <= 310, `${height}`);
  });
  await page.keyboard.press("Tab");
  await soon(async () => assert.equal(await page.evaluate(() => document.activeElement.shadowRoot?.activeElement?.tabIndex), 0));
  await page.finish();
});

test("every view keeps the rules of accessibility, light and dark, and fits into 320 px", async () => {
  const views = ["answer", "tables", "edit", "split"].map((view) => block(`${EAGER} view="${view}"`, "two.html")).join("");
  for (const colorScheme of ["light", "dark"]) {
    const page = await open(`${views}<kms-access-table ${EAGER}></kms-access-table>`, {
      colorScheme,
      viewport: { width: 320, height: 800 },
      head: `<meta name="color-scheme" content="light dark">${script()}`,
    });
    await page.waitForFunction(() => globalThis.heard.filter(({ name }) => name === "why403-ready").length === 5);
    await page.waitForFunction(() => document.documentElement.scrollWidth <= 320);
    // Several of one kind in a page have landmarks of the same name.
    await accessible(page, "html", colorScheme, ["landmark-unique"]);
    await page.finish();
  }
});

const frame = (attributes, query = "", hash = SRC.slice(SRC.indexOf("#"))) =>
  `<why403-frame><iframe title="A scenario" ${attributes} src="${site.url}embed/${query}${hash}" width="600" height="100"></iframe></why403-frame>`;
const helper = () => `<script type="module" src="${site.url}embed-frame.js"></script>`;

test("the iframe works with an origin of its own, is as high as its content, and takes a scenario", async () => {
  for (const attributes of ['sandbox="allow-scripts"', ""]) {
    const page = await open(frame(attributes), { head: helper(), csp: `${strict()}; frame-src ${site.url}` });
    const inside = page.frameLocator("iframe");
    await inside.locator(live, { hasText: "Denied" }).waitFor();
    assert.deepEqual((await event(page, "why403-decision")).outcomes, ["implicit deny"]);
    await page.waitForFunction(() => document.querySelector("iframe").clientHeight > 600);
    await soon(async () => assert.equal(await inside.locator("html").evaluate((html) => html.scrollHeight > innerHeight), false));
    await page.evaluate((text) => (document.querySelector("why403-frame").scenario = text), SCENARIO.replace("s3:*", "kms:*"));
    await inside.locator(live, { hasText: "Allowed" }).waitFor();
    await page.finish();
  }
});

const TINY = { why403: 1, type: "height", height: 9 };
const height = (page) =>
  page
    .locator("iframe")
    .first()
    .evaluate((el) => el.clientHeight);

/** The height of the iframe, once its content is as high: before that it may still grow. */
async function settled(page) {
  const html = page.frameLocator("iframe").first().locator("html");
  await soon(async () => assert.equal(await html.evaluate((each) => each.scrollHeight > innerHeight), false));
  return height(page);
}

test("the iframe hears its parent only", async () => {
  const page = await open(`${frame('sandbox="allow-scripts"')}<iframe id="other" title="Another" srcdoc="<p>another"></iframe>`, {
    head: helper(),
  });
  const inside = page.frameLocator("iframe").first();
  await inside.locator(live, { hasText: "Denied" }).waitFor();
  await inside.locator("why403-scenario").evaluate((el) => {
    globalThis.taken = [];
    Object.defineProperty(el, "scenario", { set: (text) => globalThis.taken.push(text) });
  });
  await page.evaluate(
    (spoof) => {
      const scenario = document.querySelector("why403-frame iframe").contentWindow;
      // A script of another frame, and what is not of the protocol.
      document.querySelector("#other").contentWindow.eval(`parent.frames[0].postMessage(${JSON.stringify(spoof)}, "*")`);
      for (const other of [{ ...spoof, why403: 2 }, { ...spoof, type: "scenario" }, { ...spoof, scenario: 7 }, null, "set-scenario"])
        scenario.postMessage(other, "*");
      // Messages come in their order: when this one has come, the others have.
      document.querySelector("why403-frame").scenario = "the parent's";
    },
    { why403: 1, type: "set-scenario", scenario: "another's" },
  );
  await inside
    .locator("body")
    .evaluate(
      () =>
        new Promise((resolve) =>
          globalThis.taken.length > 0 ? resolve() : addEventListener("message", () => globalThis.taken.length > 0 && resolve()),
        ),
    );
  assert.deepEqual(await inside.locator("body").evaluate(() => globalThis.taken), ["the parent's"]);
  await page.finish();
});

test("the helper hears its iframe only, and only while the iframe shows an embed", async () => {
  const spoof = `<script>parent.postMessage(${JSON.stringify(TINY)}, "*")</script>`;
  host.files.set("/spoof", { body: spoof });
  for (const attributes of ['sandbox="allow-scripts"', ""]) {
    const page = await open(frame(attributes), { head: helper() });
    await page.frameLocator("iframe").locator(live, { hasText: "Denied" }).waitFor();
    await page.waitForFunction(() => document.querySelector("iframe").clientHeight > 600);
    const tall = await settled(page);
    const heard = (act, arg) =>
      page.evaluate(
        ([run, value]) =>
          new Promise((resolve) => {
            addEventListener("message", ({ data }) => data.height === 9 && resolve());
            new Function("value", run)(value);
          }),
        [act, arg],
      );
    // From the page itself, from a frame with the same origin as the iframe, and from another page in the iframe.
    await heard("postMessage(value)", TINY);
    await heard(
      `const other = document.createElement("iframe"); other.setAttribute("sandbox", "allow-scripts"); other.srcdoc = value; document.body.append(other)`,
      spoof,
    );
    if (attributes === "") await heard(`frames[0].location = value`, `${host.url}spoof`);
    assert.equal(await height(page), tall);
    await page.finish();
  }
});

test("an iframe that names its page talks to no other", async () => {
  const page = await open(frame("", "?parent=https://docs.example"), { head: helper() });
  await page.frameLocator("iframe").locator(live, { hasText: "Denied" }).waitFor();
  await page.evaluate((text) => (document.querySelector("why403-frame").scenario = text), SCENARIO.replace("s3:*", "kms:*"));
  // It has had its turn once it answers a question that needs no message.
  await page
    .frameLocator("iframe")
    .locator("why403-scenario")
    .evaluate((el) => new Promise((resolve) => setTimeout(() => resolve(el.result))));
  assert.match(await page.frameLocator("iframe").locator(live).innerText(), /Denied/);
  assert.deepEqual(await page.heard(), []);
  await page.context().close();
});
