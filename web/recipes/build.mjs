// Builds the recipes with the real generators, into the folder that the first
// argument names, and compares the pages with those in built/; --update writes
// them. Names of recipes restrict it to these.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { keep, kept, keptSite, RECIPES, same, sources } from "./recipes.mjs";

const [out, ...rest] = process.argv.slice(2);
const update = rest.includes("--update");
const names = rest.filter((word) => word !== "--update");
const unknown = names.filter((name) => !RECIPES.some((recipe) => recipe.name === name));
if (unknown.length > 0) throw new Error(`there is no recipe ${unknown.join(", ")}`);

/** Runs a command in a folder. Gives what it prints. */
function run([command, ...args], cwd) {
  const env = { ...process.env, DOCUSAURUS_NO_PERSISTENT_CACHE: "1", NO_UPDATE_NOTIFIER: "1" };
  return execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** Such as "hugo 0.111.3". */
function version(recipe, folder) {
  let printed;
  try {
    printed = run(recipe.version, folder);
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
    throw new Error(`${recipe.name}: ${recipe.version[0]} is needed: apt-get install ${recipe.debian}`, { cause: error });
  }
  return `${recipe.name} ${printed.match(/\d+(\.\d+)+/)[0]}`;
}

/** Builds in a copy, since generators leave things beside their sources. */
function build(recipe) {
  const folder = join(out, `${recipe.name}.sources`);
  cpSync(sources(recipe), folder, { recursive: true });
  if (recipe.packages) {
    console.log(`${recipe.name}: installing ${recipe.packages} of packages`);
    run(["npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"], folder);
  }
  const made = version(recipe, folder);
  const site = join(out, recipe.name);
  run(recipe.build(site), folder);
  const page = keep(recipe, site, made);
  const file = relative(process.cwd(), kept(recipe));
  if (update) writeFileSync(file, page);
  const fresh = existsSync(file) && same(readFileSync(file, "utf8"), page);
  console.log(`${made}: ${file} ${fresh ? "is what it makes" : "is NOT what it makes; --update writes it, and git shows the difference"}`);
  return fresh;
}

mkdirSync(out, { recursive: true });
let failed = 0;
for (const recipe of RECIPES) {
  if (!recipe.build) keptSite(recipe, join(out, recipe.name));
  else if (names.length === 0 || names.includes(recipe.name)) failed += build(recipe) ? 0 : 1;
}
process.exitCode = failed > 0 ? 1 : 0;
