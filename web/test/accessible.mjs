// The rules of accessibility, as axe-core checks them.
import axe from "axe-core";
import assert from "node:assert/strict";

/**
 * Holds where axe-core finds no violation in the element that matches a CSS selector, but for the
 * rules in `except`. Only violations leave the browser: with all that passed this takes three times as long.
 */
export async function accessible(page, within = "html", view = within, except = []) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const rules = Object.fromEntries(except.map((rule) => [rule, { enabled: false }]));
  const found = await page.evaluate(
    async ([selector, options]) => {
      const { violations } = await globalThis.axe.run(document.querySelector(selector), options);
      const shown = ({ target, html }) => `${target.join(" ")} ${html.slice(0, 120)}`;
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(shown).join(", ")}`);
    },
    [within, { resultTypes: ["violations"], rules }],
  );
  assert.deepEqual(found, [], view);
}
