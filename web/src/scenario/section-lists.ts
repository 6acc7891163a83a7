// Which sections a scenario file can hold, and how long. The build writes the lists from the
// tables that the engine reads files by.
import type { SectionFacts } from "../engine/contract";
import { folders, limits, sections } from "../generated/sections.json";

/** What has sections of its own, and their prefixes. "" is the file itself. */
export interface FolderFacts {
  prefix: string;
  sections: readonly string[];
}

export const SECTIONS = sections as readonly SectionFacts[];
export const FOLDERS: readonly FolderFacts[] = folders;

/** The longest texts that the engine reads, in bytes: a policy, a scenario, and what is imported. */
export const LIMITS: Readonly<Record<"policy" | "scenario" | "import", number>> = limits;

/** A limit for people: "4 MiB". */
export const mebibytes = (bytes: number) => `${bytes / 2 ** 20} MiB`;
