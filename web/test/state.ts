// What the tests of the page's state need of it, in one module.
export * from "../src/edits";
export * from "../src/header-lines";
export { fromOpened } from "../src/page-state";
export { scenarioText } from "../src/scenario-text";
export { SECTIONS } from "../src/section-lists";
export * from "../src/section-names";
export { kindOf } from "../src/sections";
