// Which sections a scenario file can hold. The build writes the lists from the
// tables that the engine reads files by.
import type { SectionFacts } from "../engine/contract";
import { folders, sections } from "../generated/sections.json";

/** What has sections of its own, and their prefixes. "" is the file itself. */
export interface FolderFacts {
  prefix: string;
  sections: readonly string[];
}

export const SECTIONS = sections as readonly SectionFacts[];
export const FOLDERS: readonly FolderFacts[] = folders;
