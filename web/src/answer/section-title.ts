import type { Facts, StatementRow } from "../engine/contract";
import { cardLabel, editableName, folderName, placed } from "../scenario/sections";

/** A name may be as long as a link. Many rows have it. */
const LONGEST = 200;

/** A section as its card is called, with the name that a person gave it: "Identity-based policy app-inline", "Key policy of key". */
export function sectionTitle(facts: Facts, name: string, row = facts.statements.find(({ section }) => section === name)): string {
  const { folder } = placed(name);
  const title = `${cardLabel({ name }, resourceLabel(facts, folder, row))} ${editableName({ name })}`.trim();
  return short(folder === "" ? title : `${title} of ${folderName(folder)}`);
}

function short(title: string): string {
  return title.length > LONGEST ? `${title.slice(0, LONGEST)}…` : title;
}

/** What the engine calls a resource-based policy: by its statements, or else by what the resource's own said. */
function resourceLabel(facts: Facts, folder: string, row: StatementRow | undefined): string {
  if (row || folder !== "") return row?.label ?? "";
  return facts.said.find(({ type }) => type === "resource" || type === "trust")?.label ?? "";
}
