/** Saves a scenario as a file, named after its title. */
export function downloadScenario(title: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const name = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);
  Object.assign(document.createElement("a"), { href: url, download: `${name || "scenario"}.txtar` }).click();
  URL.revokeObjectURL(url);
}
