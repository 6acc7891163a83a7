// What was typed, kept in this browser until it is forgotten. Where storage is
// blocked or full the drafts live as long as the page.

/** One draft: a scenario as it was left. */
export interface Draft {
  id: string;
  title: string;
  text: string;
  /** When it was last changed, in milliseconds since 1970. */
  time: number;
}

const KEY = "why403.drafts";
const MOST = 5;

function isDraft(value: unknown): value is Draft {
  const { id, title, text, time } = (value ?? {}) as Partial<Record<keyof Draft, unknown>>;
  return typeof id === "string" && typeof title === "string" && typeof text === "string" && typeof time === "number";
}

/** Whether a browser stores anything is known only by trying. */
function stores(): boolean {
  try {
    localStorage.setItem(`${KEY}.probe`, "");
    localStorage.removeItem(`${KEY}.probe`);
    return true;
  } catch {
    return false;
  }
}

/** The last few drafts, newest first. Each tab of the browser writes its own. */
export class Drafts {
  /** True while the drafts would survive a reload. */
  kept = stores();
  #memory: Draft[] = [];

  /** The drafts of this browser and of this page. */
  list(): Draft[] {
    const stored = this.#read();
    const only = this.#memory.filter((draft) => !stored.some(({ id }) => id === draft.id));
    return [...only, ...stored].sort((a, b) => b.time - a.time);
  }

  /** One draft. */
  get(id: string): Draft | undefined {
    return this.#memory.find((draft) => draft.id === id) ?? this.#read().find((draft) => draft.id === id);
  }

  /** Saves a draft in place of its older self. The oldest of too many goes. */
  save(draft: Draft): void {
    this.#memory = [draft, ...this.#memory.filter(({ id }) => id !== draft.id)].slice(0, MOST);
    const drafts = [draft, ...this.#read().filter(({ id }) => id !== draft.id)].slice(0, MOST);
    // A store that is full may still have room for the newest one.
    this.kept = this.#write(drafts) || this.#write([draft]);
  }

  /** Empties the store: drafts, and all else that this page keeps. */
  forget(): void {
    this.#memory = [];
    try {
      for (const key of Object.keys(localStorage)) if (key.startsWith("why403.")) localStorage.removeItem(key);
    } catch {
      // Where storage is blocked nothing was kept.
    }
  }

  #read(): Draft[] {
    try {
      const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(value) ? value.filter(isDraft) : [];
    } catch {
      return [];
    }
  }

  #write(drafts: readonly Draft[]): boolean {
    try {
      localStorage.setItem(KEY, JSON.stringify(drafts));
      return true;
    } catch {
      return false;
    }
  }
}
