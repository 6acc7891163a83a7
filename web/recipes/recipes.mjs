// The recipes: a small site for each generator, as its author writes it. The
// test and build.mjs go through them.
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/**
 * `name` is the folder with the sources, and `files` the one in it whose files
 * the generator copies to the root of the site. `build` writes the site to a
 * folder, `version` prints the generator's version, and `main` is what is kept
 * of the page that it makes. Plain HTML is a site as it is.
 */
export const RECIPES = [
  { name: "html", files: "." },
  {
    name: "docusaurus",
    files: "static",
    packages: "235 MB",
    version: ["npx", "--no-install", "docusaurus", "--version"],
    build: (out) => ["npx", "--no-install", "docusaurus", "build", "--out-dir", out],
    main: /<article[\s\S]*<\/article>/,
  },
  {
    name: "mkdocs",
    files: "docs",
    debian: "mkdocs-material",
    version: ["mkdocs", "--version"],
    build: (out) => ["mkdocs", "build", "--quiet", "--strict", "--site-dir", out],
    main: /<article[\s\S]*<\/article>/,
  },
  {
    name: "hugo",
    files: "static",
    debian: "hugo",
    version: ["hugo", "version"],
    build: (out) => ["hugo", "--quiet", "--destination", out],
    main: /<main[\s\S]*<\/main>/,
  },
  {
    name: "sphinx",
    files: "files",
    debian: "python3-sphinx python3-myst-parser",
    version: ["sphinx-build", "--version"],
    build: (out) => ["sphinx-build", "-q", "-W", "-b", "html", "-d", `${out}.doctrees`, ".", out],
    main: /<div class="body" role="main">[\s\S]*?<\/section>\s*<\/div>/,
  },
];

/** The folder with the sources of a recipe. */
export const sources = (recipe) => join(HERE, recipe.name);

/** The file with what is kept of the page that the generator made. */
export const kept = (recipe) => (recipe.build ? join(HERE, "built", `${recipe.name}.html`) : join(sources(recipe), "index.html"));

/** Lays out the site of a recipe, of what is kept of it. */
export function keptSite(recipe, to) {
  cpSync(join(sources(recipe), recipe.files, "reports.txtar"), join(to, "reports.txtar"));
  cpSync(kept(recipe), join(to, "index.html"));
}

/** What is kept of a page: the script of the embeds, and what is around the scenarios. Themes are large. */
export function keep(recipe, site, version) {
  const html = readFileSync(join(site, "index.html"), "utf8");
  const [script] = html.match(/<script[^>]*\/why403\.js"[^>]*><\/script>/) ?? [];
  const [main] = html.match(recipe.main) ?? [];
  if (!script || !main) throw new Error(`${recipe.name}: the page has no ${script ? "main part" : "script of the embeds"}`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Who may decrypt</title>
<!-- From what ${version} made; ./build.sh recipes compares. -->
${script}
${main.replace(/<svg[\s\S]*?<\/svg>/g, "").replace(/[ \t]+$/gm, "").replace(/\n{2,}/g, "\n")}
`;
}

const versionless = (page) => page.replace(/<!-- From what .* -->/, "");

/** Whether two kept pages are the same, whatever version made them. */
export const same = (a, b) => versionless(a) === versionless(b);
