// What the built page is made of is told, and true.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const dist = join(root, "web/dist");
const hash = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");

test("SHA256SUMS has every file of the page", () => {
  const lines = readFileSync(join(dist, "SHA256SUMS"), "utf8").trim().split("\n");
  for (const line of lines) {
    const [sum, name] = line.split("  ");
    assert.equal(hash(join(dist, name)), sum, name);
  }
  const files = readdirSync(dist, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.endsWith(".br"),
  );
  assert.equal(lines.length, files.length - 1);
});

test("every Brotli file belongs to a file of the page", () => {
  const names = readdirSync(dist, { recursive: true });
  const packed = names.filter((name) => name.endsWith(".br"));
  assert.ok(packed.length > 10);
  assert.deepEqual(
    packed.filter((name) => !names.includes(name.slice(0, -3))),
    [],
  );
});

/** The packages that the sources of the page import. */
function imported() {
  const sources = readdirSync(join(root, "web/src"), { recursive: true }).filter((name) => name.endsWith(".ts"));
  const texts = sources.map((name) => readFileSync(join(root, "web/src", name), "utf8"));
  return new Set(texts.flatMap((text) => [...text.matchAll(/from "((?:@[^/"]+\/)?[^./"][^/"]*)/g)].map(([, name]) => name)));
}

test("the SBOM has every package that ships, under licences that allow it", () => {
  const { bomFormat, components } = JSON.parse(readFileSync(join(dist, "sbom.cdx.json"), "utf8"));
  assert.equal(bomFormat, "CycloneDX");
  const { devDependencies } = JSON.parse(readFileSync(join(root, "web/package.json"), "utf8"));
  const shipped = Object.entries(devDependencies).filter(([name]) => imported().has(name));
  assert.ok(shipped.length >= 10, `only ${shipped.length} packages ship`);
  for (const [name, version] of shipped)
    assert.ok(
      components.some((part) => part.name === name && part.version === version),
      name,
    );
  assert.ok(components.some(({ purl }) => purl.startsWith("pkg:golang/std@v")));
  // The files of an MPL-2.0 module stay under it, and where their source is stands in licenses.txt.
  const allowed = ["MIT", "BSD-3-Clause", "Apache-2.0", "MIT AND Apache-2.0", "MPL-2.0"];
  for (const { name, licenses } of components) {
    const licence = licenses[0].expression ?? licenses[0].license.id;
    assert.ok(allowed.includes(licence), `${name}: ${licence}`);
  }
});

test("web/licenses.txt is the list of the built page", () => {
  assert.equal(
    readFileSync(join(dist, "licenses.txt"), "utf8"),
    readFileSync(join(root, "web/licenses.txt"), "utf8"),
    "copy web/dist/licenses.txt to web/licenses.txt",
  );
});

test("page.wasm is the same to the byte, built from another folder with nothing cached", () => {
  const folder = mkdtempSync(join(tmpdir(), "why403-again-"));
  try {
    for (const name of ["build.sh", "go.mod", "go.sum", "engine", "wasm", "scenarios"]) {
      cpSync(join(root, name), join(folder, name), {
        recursive: true,
        filter: (path) => !/node_modules|\bdist\b/.test(path.slice(root.length)),
      });
    }
    execFileSync("bash", [join(folder, "build.sh"), "engine", folder], {
      env: { ...process.env, GOCACHE: join(folder, "cache") },
      stdio: "pipe",
    });
    assert.equal(hash(join(folder, "page.wasm")), hash(join(root, "web/public/page.wasm")));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
