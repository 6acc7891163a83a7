// What is kept in the browser, on a storage that refuses, and beside another page.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { load } from "./load.mjs";

const { Drafts } = await load("src/state/drafts.ts");

/** A storage that takes what `takes` says. Its own properties are its entries, as in a browser. */
function storage() {
  const store = Object.create({
    takes: () => true,
    getItem: (key) => (Object.hasOwn(store, key) ? store[key] : null),
    setItem(key, value) {
      if (!this.takes(key, value)) throw new Error("QuotaExceededError");
      store[key] = value;
    },
    removeItem: (key) => delete store[key],
  });
  return store;
}

let storing = () => true;
beforeEach(() => {
  globalThis.localStorage = storage();
  storing = () => true;
  Object.getPrototypeOf(localStorage).takes = (key, value) => storing(key, value);
});

const draft = (id, text, time) => ({ id, title: id, text, time });
const texts = (drafts) => drafts.list().map(({ text }) => text);

test("whichever write a storage refuses, what was saved is there, and no other draft is touched", () => {
  for (let refused = 0; refused < 6; refused++) {
    globalThis.localStorage = storage();
    let writes = 0;
    Object.getPrototypeOf(localStorage).takes = () => writes++ < refused;
    const drafts = new Drafts();
    for (let i = 1; i <= 4; i++) drafts.save(draft(`d${i}`, `text ${i}`, i));
    assert.deepEqual(texts(drafts), ["text 4", "text 3", "text 2", "text 1"], `refused from write ${refused + 1}`);
    if (refused < 5) assert.notEqual(drafts.keeping, "kept", `refused from write ${refused + 1}`);
    // Another page sees what storage took, and nothing half written.
    assert.deepEqual(texts(new Drafts()), ["text 4", "text 3", "text 2", "text 1"].slice(4 - Math.max(0, refused - 1)));
  }
});

test("a draft of the old list that is forgotten stays away, also where no shorter list is stored", () => {
  localStorage["why403.drafts"] = JSON.stringify([draft("a", "first", 1), draft("b", "second", 2)]);
  const drafts = new Drafts();
  storing = () => false;
  drafts.forget("a");
  assert.deepEqual(texts(drafts), ["second"]);
  assert.equal(drafts.keeping, "full");
  storing = () => true;
  drafts.save(draft("c", "third", 3));
  assert.deepEqual(texts(new Drafts()), ["third", "second"]);
  assert.equal(drafts.keeping, "kept");
});

test("what had no room never takes the place of what another page stored meanwhile", () => {
  const ours = new Drafts();
  ours.save(draft("x", "both", 1));
  const theirs = new Drafts();
  theirs.open("x");
  storing = () => false;
  ours.save(draft("x", "ours", 2));
  storing = () => true;
  theirs.save(draft("x", "theirs", 3));
  ours.forget("y");
  assert.deepEqual(texts(new Drafts()), ["theirs"]);
  assert.equal(ours.isAnothers("x"), true);
  assert.equal(theirs.isAnothers("x"), false);
  // To look at one's own again does not make the other's one's own.
  assert.equal(ours.open("x").text, "ours");
  assert.equal(ours.isAnothers("x"), true);
  ours.leave("x");
  ours.save(draft("z", "ours, later", 4));
  assert.deepEqual(texts(ours), ["ours, later", "theirs"]);
  assert.deepEqual(texts(new Drafts()), ["ours, later", "theirs"]);
});
