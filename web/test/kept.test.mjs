// What an answer has in common with the one before it, kept as it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { kept } = await load("src/state/kept.ts");

test("a part that is as it was is the old one, whatever else changed", () => {
  const old = { rows: [{ a: 1 }, { a: 2, b: [] }], said: { word: "silent", at: null } };
  const now = { rows: [{ a: 1 }, { a: 3, b: [] }], said: { word: "silent", at: null } };
  const want = structuredClone(now);
  const got = kept(old, now);
  assert.deepEqual(got, want);
  assert.equal(got, now);
  assert.equal(got.rows[0], old.rows[0]);
  assert.equal(got.rows[1].b, old.rows[1].b);
  assert.equal(got.said, old.said);
  assert.notEqual(got.rows, old.rows);
});

test("a value that is the same all through is the old one", () => {
  const old = { list: [1, "a", null, { deep: [true] }] };
  assert.equal(kept(old, structuredClone(old)), old);
});

test("what looks alike and is not stays new", () => {
  for (const [old, now] of [
    [[], {}],
    [{}, []],
    [[1, 2], [1]],
    [[1], [1, 2]],
    [{ a: 1 }, { b: 1 }],
    [{ a: 1, b: 2 }, { a: 1 }],
    [null, {}],
    [{}, null],
    ["1", 1],
    [undefined, "a"],
  ]) {
    const want = structuredClone(now);
    const got = kept(old, now);
    assert.equal(got, now);
    assert.deepEqual(got, want);
  }
});
