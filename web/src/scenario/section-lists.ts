// Which sections a scenario file can hold. The build writes the lists from the
// tables that the engine reads files by.
import { folders, sections } from "../generated/sections.json";

/** A sort of section that holds what requests are judged against. */
export interface SectionFacts {
  /** The start of the section's name in its folder, or its whole name. */
  prefix: string;
  /** True where there can be several, each with a name behind the prefix. */
  many: boolean;
  /** True where policies are attached level by level. */
  levels: boolean;
  /** The type that the engine uses for it in `said`. */
  type: string;
  label: string;
  /** The name of a new one behind the prefix, or behind the level. */
  fresh: string;
  /** The prefix of the only service whose resources have it, or ""; "iam" for what a caller has. */
  service: string;
}

/** What has sections of its own, and their prefixes. "" is the file itself. */
export interface FolderFacts {
  prefix: string;
  sections: readonly string[];
}

export const SECTIONS: readonly SectionFacts[] = sections;
export const FOLDERS: readonly FolderFacts[] = folders;
