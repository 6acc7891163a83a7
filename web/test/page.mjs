// Opens the built page in Chromium and watches what it must never do.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { serve } from "../serve.mjs";

const FLAGS = [
  // The only page it opens is our own, and containers often forbid the sandbox.
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts server and browser. `open` gives a page at its first verdict. */
export async function start() {
  const { server, url } = await serve(0);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: FLAGS });

  async function open(options = {}) {
    const { init, ...contextOptions } = options;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...contextOptions });
    const page = await context.newPage();
    const faults = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") faults.push(`console: ${message.text()}`);
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

/** The text area of a section. */
export const area = (page, section) => page.locator(`policy-card[data-section="${section}"] textarea`);

/** Puts a text on the clipboard's way: one input event with all of it, as a paste does. */
export async function paste(page, section, text) {
  await area(page, section).fill(text);
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
