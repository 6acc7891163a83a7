// The links that the page writes and reads, held against those of the engine's
// side: both read engine/link/testdata.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { build } from "vite";

const MAX_TEXT = 262_144;
const MAX_ENCODED = 65_536;

/** Builds the module as the page does, and loads it. */
async function load() {
  const web = fileURLToPath(new URL("..", import.meta.url));
  const lib = { entry: "src/links/link.ts", formats: ["es"] };
  const [{ output }] = await build({ root: web, configFile: false, publicDir: false, logLevel: "warn", build: { write: false, lib } });
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}

const { decodeLink, encodeLink } = await load();

function vectors(file) {
  const path = new URL(`../../engine/link/testdata/${file}`, import.meta.url);
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  assert.ok(lines.length > 0);
  return lines.map((line) => {
    const { times = 1, engine = "", outcomes = [], ...row } = JSON.parse(line);
    return { ...row, engine, outcomes, ...(row.text === undefined ? {} : { text: row.text.repeat(times) }) };
  });
}

const ALL = vectors("links.jsonl");
const GOOD = ALL.filter((row) => !row.kind);
const BAD = ALL.filter((row) => row.kind);

const blobOf = (link) => link.slice("#s=".length).split("&")[0];
// Each bit and each length of these is tried, so long texts are left out.
const SAMPLES = [...new Set(GOOD.filter((row) => row.text.length < 3000 && row.go).flatMap((row) => [blobOf(row.go), blobOf(row.ts)]))];

const packed = (blob) => Buffer.from(blob.slice(0, -1), "base64url");
const blobFrom = (bytes) => `${Buffer.from(bytes).toString("base64url")}Z`;

test("both writers' links are read", () => {
  for (const { name, text, engine, outcomes, go, ts, also } of GOOD) {
    for (const link of [go, ts, also].filter(Boolean)) assert.deepEqual(decodeLink(link), { text, engine, outcomes }, name);
  }
});

test("the same scenario has the same link", () => {
  for (const { name, text, engine, outcomes, ts } of GOOD.filter((row) => row.ts))
    assert.equal(encodeLink(text, { engine, outcomes }), ts, name);
});

test("what is no link is refused with its kind", () => {
  assert.ok(BAD.length >= 30);
  for (const { name, link, kind, message } of BAD) assert.deepEqual(decodeLink(link), { error: { kind, message } }, name);
});

// Lines are only ever added to these files.
test("links of every version that was ever shipped are read", () => {
  for (const { link, text, engine, outcomes } of vectors("shipped-1.jsonl")) assert.deepEqual(decodeLink(link), { text, engine, outcomes });
});

test("a link that ends anywhere before its Z is cut off", () => {
  for (const blob of SAMPLES) {
    for (let n = 0; n < blob.length; n++) {
      // The last letter may happen to be a Z.
      for (const cut of [blob.slice(0, n), `${blob.slice(0, n)}Z`]) {
        if (cut !== blob) assert.equal(decodeLink(`#s=${cut}`).error?.kind, "cut off", `${n} of ${blob}`);
      }
    }
  }
});

test("what stands behind the blob may be cut off anywhere", () => {
  const link = encodeLink("x", { engine: "1", outcomes: ["implicit deny", "allow"] });
  for (let n = link.indexOf("Z") + 1; n < link.length; n++) {
    const { text, engine, outcomes } = decodeLink(link.slice(0, n));
    assert.equal(text, "x");
    assert.ok(outcomes.length < 2 && (engine === "") === (outcomes.length === 0), link.slice(0, n));
  }
});

/** A blob with each bit of its bytes changed, and then each bit of its letters, as link_test.go has them. */
function* flips(blob) {
  const flip = (bytes, i, width) => {
    const flipped = Buffer.from(bytes);
    flipped[Math.floor(i / width)] ^= 1 << (i % width);
    return flipped;
  };
  const bytes = packed(blob);
  for (let i = 0; i < bytes.length * 8; i++) yield blobFrom(flip(bytes, i, 8));
  for (let i = 0; i < blob.length * 7; i++) yield flip(Buffer.from(blob), i, 7).toString("latin1");
}

const LETTERS = { none: "o", "cut off": "c", damaged: "d", "too large": "t", newer: "n" };

test("each damaged link has the verdict that the engine's side has, and none another text", () => {
  const lines = readFileSync(new URL("../../engine/link/testdata/damaged.jsonl", import.meta.url), "utf8")
    .trim()
    .split("\n");
  assert.equal(lines.length, SAMPLES.length);
  for (const line of lines) {
    const { blob, verdicts } = JSON.parse(line);
    const { text } = decodeLink(`#s=${blob}`);
    const said = [...flips(blob)].map((flipped) => {
      const read = decodeLink(`#s=${flipped}`);
      assert.ok(read.error || read.text === text, `another text in ${flipped}`);
      return read.error ? LETTERS[read.error.kind] : ".";
    });
    assert.equal(said.join(""), verdicts, blob);
  }
});

test("bombs are refused, whatever they declare", () => {
  const MB = 2 ** 20;
  for (const [size, declared, kind] of [
    [45 * MB, 1, "damaged"],
    [45 * MB, MAX_TEXT, "damaged"],
    [45 * MB, MAX_TEXT + 1, "too large"],
    [100 * MB, 1, "too large"],
  ]) {
    const header = [1, 1, declared >> 16, (declared >> 8) & 255, declared & 255];
    const blob = blobFrom([...header, ...deflateRawSync(Buffer.alloc(size), { level: 9 }), 0, 0, 0, 0]);
    const before = process.memoryUsage().arrayBuffers;
    assert.equal(decodeLink(blob).error?.kind, kind, `${size} bytes in ${blob.length} letters, ${declared} declared`);
    assert.ok(process.memoryUsage().arrayBuffers - before < 2 * MB, "it takes memory");
  }
});

test("what is over the limits is neither written nor read", () => {
  const plain = { engine: "", outcomes: [] };
  assert.equal(encodeLink("x".repeat(MAX_TEXT + 1), plain).error?.kind, "too large");
  let state = 1;
  const noise = Array.from({ length: MAX_ENCODED }, () => String.fromCharCode(32 + ((state = (state * 48271) % 0x7fffffff) % 95)));
  assert.equal(encodeLink(noise.join(""), plain).error?.kind, "too large");
  assert.equal(decodeLink("A".repeat(MAX_ENCODED)).error?.kind, "cut off");
  assert.equal(decodeLink("A".repeat(MAX_ENCODED + 1)).error?.kind, "too large");
});

test("half a surrogate pair is written as the engine reads it", () => {
  assert.equal(decodeLink(encodeLink("a\ud800b", { engine: "", outcomes: [] })).text, "a\ufffdb");
});
