/** Says that a name was not taken as it was typed; "" where it was. */
export function keptAs(typed: string, name: string): string {
  const meant = typed.trim().replace(/\.json$/, "");
  if (meant === name) return "";
  return meant === "" ? `A name is needed: it stays “${name}”.` : `“${meant}” is kept as “${name}”.`;
}

/** Once what was asked for is drawn. */
export const drawn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
