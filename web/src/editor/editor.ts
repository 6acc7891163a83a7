// What is fetched together with the editor.
export { PolicyEditor } from "./policy-editor";
export { ScenarioSource } from "./scenario-source";
