// Opens the built page in Chromium and watches what it must never do.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { firefox } from "playwright-firefox";
import { serve } from "../serve.mjs";

export const FLAGS = [
  // The only page it opens is our own, and containers often forbid the sandbox.
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium, or the Firefox that FIREFOX is the path of. */
export const launch = () =>
  process.env.FIREFOX
    ? firefox.launch({ channel: "moz-firefox", executablePath: process.env.FIREFOX })
    : chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });

// WebDriver BiDi, by which Firefox is driven, can't set media features yet.
export const EMULATED = process.env.FIREFOX ? { colorScheme: null, reducedMotion: null, forcedColors: null, contrast: null } : {};

/** Starts server and browser. `open` gives a page at its first verdict. */
export async function start() {
  const { server, url } = await serve(0);
  const browser = await launch();

  async function open(options = {}) {
    const { init, ...contextOptions } = options;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...EMULATED, ...contextOptions });
    const page = await context.newPage();
    const faults = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()} ${message.location().url}`);
    });
    page.on("pageerror", (error) => faults.push(`error: ${error.message}`));
    context.on("request", (request) => {
      if (!request.url().startsWith(url)) faults.push(`request to ${request.url()}`);
    });
    await page.addInitScript(() => {
      globalThis.violations = [];
      addEventListener("securitypolicyviolation", (event) => globalThis.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
    });
    if (init) await init(page, faults);
    await page.goto(url);
    return Object.assign(page, {
      faults,
      async finish() {
        const violations = await page.evaluate(() => globalThis.violations);
        await context.close();
        assert.deepEqual([...faults, ...violations], []);
      },
    });
  }

  async function stop() {
    await browser.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return { open, stop, url };
}

/** The section of the identity policy of the first view. */
export const IDENTITY = "identity/app-inline.json";

/** Where the text of a section is typed: the editor's text, or the text area before and without it. */
export const area = (page, section) => page.locator(`policy-card[data-section="${section}"] :is(textarea, .cm-content)`);

/** True in Firefox. What its driver can't do yet is left out there, with the reason. */
export const inFirefox = Boolean(process.env.FIREFOX);

/** The options of a test that Firefox's driver can't run, and why. */
export const chromiumOnly = (why) => (inFirefox ? { skip: `Chromium only: ${why}` } : {});

/** Types over what a field has, key by key: Firefox calls only that a change. */
export async function typeOver(page, box, text) {
  await box.focus();
  await box.press("ControlOrMeta+a");
  await page.keyboard.type(text);
  await box.press("Enter");
}

/** Types into several fields, or several times into one, before the page is drawn again: [selector, text]… */
export const typeFast = (page, typed) =>
  page.evaluate((all) => {
    for (const [selector, text] of all) {
      const box = document.querySelector(selector);
      box.value = text;
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
  }, typed);

/** Goes back or forward. Firefox's driver waits for a load, which a change of the fragment has none of. */
export const go = (page, steps) => page.evaluate((by) => history.go(by), steps);

/** Replaces the text of a section at once, as a paste over all of it does. */
export async function paste(page, section, text) {
  // Where there is little room a policy begins as one line.
  const folded = page.locator(`policy-card[data-section="${section}"] button.fold[aria-expanded="false"]`);
  if ((await folded.count()) > 0) await folded.click();
  await pasteOver(area(page, section), text);
}

/** Replaces the text of an editor or a text area at once. */
export async function pasteOver(locator, text) {
  await locator.evaluate((box, pasted) => {
    box.focus();
    if (box instanceof HTMLTextAreaElement) {
      box.value = pasted;
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      return;
    }
    const press = (key, keyCode, ctrlKey) =>
      box.dispatchEvent(new KeyboardEvent("keydown", { key, keyCode, ctrlKey, bubbles: true, cancelable: true }));
    press("a", 65, true);
    if (pasted === "") return void press("Delete", 46, false);
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    // Firefox takes what is pasted from data alone.
    const init = { clipboardData, dataType: "text/plain", data: pasted, bubbles: true, cancelable: true };
    box.dispatchEvent(new ClipboardEvent("paste", init));
  }, text);
}

/** The text of a section as it stands in its box. Of a long one the editor draws only a part; the page has all. */
export async function value(page, section) {
  return area(page, section).evaluate((box) => {
    if (box instanceof HTMLTextAreaElement) return box.value;
    if (box.querySelector(".cm-placeholder")) return "";
    const { text } = box.getRootNode().host.section;
    if (text.length > 5000) return text;
    return [...box.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n");
  });
}

/** What is selected in the box of a section, or undefined if it does not have the focus. */
export async function selected(page, section) {
  return area(page, section).evaluate((box) => {
    const root = box.getRootNode();
    if (root.activeElement !== box) return undefined;
    return box instanceof HTMLTextAreaElement
      ? box.value.slice(box.selectionStart, box.selectionEnd)
      : (root.getSelection?.() ?? getSelection()).toString();
  });
}

/** Holds when what is selected in the box of a section comes to match: the editor may just be taking over from the text area. */
export const selects = (page, section, pattern) => soon(async () => assert.match((await selected(page, section)) ?? "", pattern));

/** Holds when a text comes to stand in the box of a section. */
export const holds = (page, section, text) => soon(async () => assert.equal(await value(page, section), text));

/** Waits for the editor in place of the text area. */
export async function editor(page, section) {
  await page.locator(`policy-card[data-section="${section}"] policy-editor .cm-content`).waitFor();
}

/** Does what the menu of a card or a folder has. */
export async function more(page, of, item) {
  await page.getByRole("button", { name: `More for ${of}`, exact: true }).click();
  await page
    .getByRole("group", { name: `More for ${of}`, exact: true })
    .getByRole("button", { name: item, exact: true })
    .click();
}

/** Fills one of the main fields. */
export async function field(page, label, value) {
  await page.getByLabel(label, { exact: true }).fill(value);
}

/** Waits for a verdict that belongs to what stands on the page now. */
export async function verdict(page, pattern) {
  await page.locator('.verdict[aria-busy="false"]:not(:has(.note))', { hasText: pattern }).waitFor();
}

/** Resolves when the expression holds in the page. */
export async function until(page, check, arg) {
  await page.waitForFunction(check, arg);
}

const SOON_MS = 10_000;

/** Repeats assertions of what is on its way until they hold, and throws what was wrong last. */
export async function soon(check) {
  for (const end = performance.now() + SOON_MS; ;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until so many elements match a CSS selector. */
export const counted = (page, selector, count) => soon(async () => assert.equal(await page.locator(selector).count(), count, selector));

/** Waits until what has the focus matches a CSS selector. */
export const focused = (page, selector) =>
  soon(async () => {
    const found = await page.evaluate((wanted) => {
      const { activeElement: at } = document;
      return at?.matches(wanted) || `the focus is at <${at?.localName} class="${at?.className}" aria-label="${at?.ariaLabel}">`;
    }, selector);
    assert.equal(found, true, `${found}, not at ${selector}`);
  });

/** Waits until the caret is in the card of a section. */
export const focusedCard = (page, section) =>
  focused(page, `policy-card[data-section="${section}"], policy-card[data-section="${section}"] *`);

/** Presses a button that adds a line to the request, and types its key once the focus is there. */
export async function addLine(page, key, value) {
  await page.getByRole("button", { name: "+ Context key" }).click();
  await focused(page, ".line .key");
  await page.keyboard.type(key);
  await page.getByLabel(`Value of ${key}`).fill(value);
}
