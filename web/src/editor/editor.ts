// What is fetched together with the editor.
export { hintsOf } from "./hints";
export { PolicyEditor } from "./policy-editor";
export { ScenarioSource } from "./scenario-source";
