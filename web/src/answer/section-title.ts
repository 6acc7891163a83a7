import type { Answer } from "../contract";
import { cardLabel, editableName } from "../sections";

/** A section as its card is called, with the name that a person gave it: "Identity policy app-inline". */
export function sectionTitle(answer: Answer, name: string): string {
  const section = { id: 0, name, text: "" };
  const resource = answer.said.find((said) => said.type === "resource" || said.type === "trust");
  return `${cardLabel(section, resource?.label ?? "")} ${editableName(section)}`.trim();
}
