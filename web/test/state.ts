// What the tests of the page's state need of it, in one module.
export * from "../src/state/edits";
export * from "../src/scenario/header-lines";
export { fromOpened } from "../src/state/page-state";
export { scenarioText } from "../src/scenario/scenario-text";
export { SECTIONS } from "../src/scenario/section-lists";
export * from "../src/scenario/section-names";
export { kindOf } from "../src/scenario/sections";
