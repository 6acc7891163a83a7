/** Saves a text as a file. */
export function download(file: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement("a"), { href: url, download: file }).click();
  URL.revokeObjectURL(url);
}

/** The name of a file, after the title of a scenario. */
export function fileName(title: string): string {
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
  return name || "scenario";
}

/** Saves a scenario as a file, named after its title. */
export function downloadScenario(title: string, text: string): void {
  download(`${fileName(title)}.txtar`, "text/plain", text);
}
