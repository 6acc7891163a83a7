// The short links, natively and under workerd: both must do all of this.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { start } from "../local.mjs";
import { native, send } from "./native.mjs";
import { SERVERS } from "./servers.mjs";

const SCENARIO = readFileSync(new URL("../../../scenarios/kms/cross-account-both-sides.txtar", import.meta.url), "utf8");
const ID = /^[bcdfghjkmnprstvx]{24}$/;
const JSON_TYPE = { "content-type": "application/json" };

const box = () => randomBytes(300).toString("base64url");
const priv = (sealed) => ({ v: 1, kind: "private", box: sealed });
const pub = (scenario) => ({ v: 1, kind: "public", scenario });

for (const [name, launch] of Object.entries(SERVERS)) {
  describe(name, () => {
    const folder = mkdtempSync(join(tmpdir(), "why403-links-"));
    let server;
    before(async () => (server = await launch(folder)));
    after(async () => {
      await server.stop();
      rmSync(folder, { recursive: true });
    });

    const call = (method, path, options) => send(server.url, method, path, options);
    const post = (content, headers = {}) =>
      call("POST", "/api/links", { headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(content) });
    async function create(content, status = 201) {
      const answer = await post(content);
      assert.equal(answer.status, status, answer.text);
      return answer.json();
    }
    async function faulty(promise, status, code) {
      const answer = await promise;
      assert.equal(answer.status, status, answer.text);
      assert.equal(answer.json().error.code, code);
      assert.match(answer.json().error.message, /\.$/);
      closed(answer);
    }
    function closed({ headers }) {
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.match(headers["content-security-policy"], /^default-src 'none'/);
      assert.doesNotMatch(headers["content-security-policy"], /unsafe/);
    }

    test("whoever stores the same has a link of his own, which nobody else deletes", async () => {
      for (const content of [priv(box()), pub(SCENARIO)]) {
        const first = await create(content);
        const second = await create(content);
        assert.notEqual(first.id, second.id);
        for (const { id, url, deleteToken } of [first, second]) {
          assert.match(id, ID);
          assert.equal(url, `${server.url}/s/${id}`);
          assert.ok(deleteToken.length >= 20);
        }
        const bearer = ({ deleteToken }) => ({ headers: { authorization: `Bearer ${deleteToken}` } });
        await faulty(call("DELETE", `/api/links/${second.id}`, bearer(first)), 403, "wrong-token");
        assert.equal((await call("DELETE", `/api/links/${first.id}`, bearer(first))).status, 204);
        // Twice: from the store, and then from the cache where there is one.
        for (const round of [1, 2]) {
          const read = await call("GET", `/api/links/${second.id}`);
          assert.deepEqual([round, read.status, read.json()], [round, 200, content]);
          assert.equal(read.headers["access-control-allow-origin"], "*");
          closed(read);
          const page = await call("GET", `/s/${second.id}`);
          assert.ok(content.kind === "private" || page.text.includes(`content="${server.url}/s/${second.id}"`));
          assert.doesNotMatch(page.text, /\.invalid/);
        }
      }
    });

    test("a deleted link is gone at once, and only its token deletes it", async () => {
      const { id, deleteToken } = await create(priv(box()));
      const path = `/api/links/${id}`;
      assert.equal((await call("GET", `/s/${id}`)).status, 200);
      await faulty(call("DELETE", path), 401, "no-token");
      await faulty(call("DELETE", path, { headers: { authorization: "Bearer nonsense" } }), 403, "wrong-token");
      assert.equal((await call("GET", path)).status, 200);
      const headers = { authorization: `Bearer ${deleteToken}` };
      assert.equal((await call("DELETE", path, { headers })).status, 204);
      await faulty(call("GET", path), 404, "no-such-link");
      assert.equal((await call("GET", `/s/${id}`)).status, 404);
      await faulty(call("DELETE", path, { headers }), 404, "no-such-link");
    });

    test("wrong requests are answered with what is wrong", async () => {
      const none = "b".repeat(24);
      const text = { "content-type": "text/plain" };
      await faulty(call("PUT", "/api/links", { headers: JSON_TYPE, body: "{}" }), 405, "method");
      await faulty(call("GET", "/api/evaluate"), 405, "method");
      await faulty(call("GET", `/api/links/${none}`), 404, "no-such-link");
      await faulty(call("GET", `/api/links/${none.toUpperCase()}`), 404, "no-such-link");
      await faulty(call("GET", "/api/elsewhere"), 404, "no-such-path");
      await faulty(call("POST", "/api/links", { body: "{}" }), 415, "content-type");
      await faulty(call("POST", "/api/links", { headers: { ...JSON_TYPE, "content-encoding": "gzip" }, body: "{}" }), 415, "content-type");
      await faulty(call("POST", "/api/links", { headers: JSON_TYPE }), 400, "json");
      await faulty(call("POST", "/api/links", { headers: JSON_TYPE, body: "[".repeat(70) + "]".repeat(70) }), 400, "json");
      await faulty(call("POST", "/api/links", { headers: JSON_TYPE, body: Buffer.from([0xff]) }), 400, "not-utf-8");
      await faulty(post(priv("<script>alert(1)</script>")), 400, "box");
      await faulty(post({ ...priv(box()), page: "<script>" }), 400, "body");
      await faulty(post(pub("-- nonsense --\n")), 422, "scenario");
      await faulty(post(priv("A".repeat(64 * 1024))), 413, "too-large");
      await faulty(call("POST", "/api/evaluate", { headers: text, body: "x".repeat(64 * 1024 + 1) }), 413, "too-large");
      await faulty(post(priv(box()), { origin: "https://example.com" }), 403, "cross-origin");
      // What the Worker tells Go of the store is not for clients to say.
      await faulty(
        call("GET", `/api/links/${none}`, { headers: { "why403-known": none, "why403-link": JSON.stringify(priv("x")) } }),
        404,
        "no-such-link",
      );
    });

    test("the largest box is taken", async () => {
      const sealed = "A".repeat(64 * 1024 - JSON.stringify(priv("")).length).slice(0, -1);
      const { id } = await create(priv(sealed));
      assert.equal((await call("GET", `/api/links/${id}`)).json().box, sealed);
    });

    test("a public page is readable without script, and holds nothing but words of its scenario", async () => {
      const { id, url } = await create(pub(`</title><script>alert(1)</script>\n${SCENARIO}`));
      const page = await call("GET", `/s/${id}`);
      closed(page);
      assert.match(page.headers["content-type"], /^text\/html/);
      assert.doesNotMatch(page.text, /<script/);
      assert.match(page.text, /<h1>&lt;\/title&gt;&lt;script&gt;/);
      assert.match(page.text, /Allowed:/);
      assert.ok(page.text.includes(`<meta property="og:url" content="${url}">`));
      const [, discovery] = /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)"/.exec(page.text);
      const address = new URL(discovery.replaceAll("&amp;", "&"));
      const oembed = (await call("GET", address.pathname + address.search)).json();
      assert.equal(oembed.type, "rich");
      assert.match(oembed.html, /^<iframe src="[^"]+\/embed\/#s=/);
    });

    test("a private page says nothing, and its policy lets its own script run", async () => {
      const { id } = await create(priv(box()));
      const page = await call("GET", `/s/${id}`);
      closed(page);
      assert.match(page.headers["content-security-policy"], /script-src 'sha256-/);
      assert.match(page.text, /location\.replace/);
    });

    test("scripts get the answers of eval --json", async () => {
      const answer = await call("POST", "/api/evaluate", {
        headers: { "content-type": "text/plain; charset=utf-8", origin: "null" },
        body: SCENARIO,
      });
      const { verdict, decisive, ...told } = answer.json();
      assert.deepEqual([answer.status, told], [200, { file: "-", request: "", outcome: "allow", deniedBy: "", message: "" }]);
      assert.match(verdict, /the key policy names the caller/);
      assert.match(decisive.section, /\.json$/);
      assert.equal(answer.headers["access-control-allow-origin"], "*");
    });

    test("files of the page come with its policy, and run no code", async () => {
      const page = await call("GET", "/");
      assert.match(page.text, /<title>why403/);
      assert.match(page.headers["content-security-policy"], /frame-ancestors 'self'/);
      assert.equal(page.headers["x-content-type-options"], "nosniff");
      assert.equal((await call("GET", "/page.wasm")).headers["content-type"], "application/wasm");
    });

    test("200 write and read at once, and nothing is lost or mixed up", async () => {
      const shared = priv(box());
      const people = Array.from({ length: 200 }, async (_, i) => {
        const own = i % 4 ? priv(box()) : pub(`Scenario ${i}\n${SCENARIO}`);
        const [mine, ours] = await Promise.all([create(own), create(shared)]);
        const [read, page] = await Promise.all([call("GET", `/api/links/${mine.id}`), call("GET", `/s/${mine.id}`)]);
        assert.deepEqual(read.json(), own);
        assert.ok(page.text.includes(i % 4 ? "<h1>A private scenario</h1>" : `<h1>Scenario ${i}</h1>`));
        return [mine.id, ours.id];
      });
      assert.equal(new Set((await Promise.all(people)).flat()).size, 400);
    });

    test("clients that break off leave the server well", async () => {
      await Promise.all(Array.from({ length: 30 }, () => breakOff(server.url)));
      const content = priv(box());
      const { id } = await create(content);
      assert.deepEqual((await call("GET", `/api/links/${id}`)).json(), content);
    });

    test("a restart keeps links, and a store is left with nothing to read of private ones", async () => {
      const sealed = box();
      const { id, deleteToken } = await create(priv(sealed));
      await server.stop();
      assert.ok(readdirSync(folder).length > 0);
      server = await launch(folder);
      assert.equal((await call("GET", `/api/links/${id}`)).json().box, sealed);
      assert.equal((await call("DELETE", `/api/links/${id}`, { headers: { authorization: `Bearer ${deleteToken}` } })).status, 204);
    });
  });
}

/** Sends half of a body and closes the connection. */
function breakOff(url) {
  return new Promise((resolve) => {
    const sent = request(`${url}/api/links`, { method: "POST", agent: false, headers: { ...JSON_TYPE, "content-length": "5000" } });
    sent.on("error", resolve);
    sent.write('{"v":1,', () => sent.destroy());
    sent.on("close", resolve);
  });
}

test("the platform's limit stops who sends too much, and nobody else", async () => {
  const { url, miniflare } = await start();
  try {
    const write = (person) =>
      send(url, "POST", "/api/links", { headers: { ...JSON_TYPE, "cf-connecting-ip": person }, body: JSON.stringify(priv(box())) });
    // Twice the limit, where a minute ends meanwhile.
    let taken = 0;
    let refused = await write("192.0.2.1");
    for (; taken <= 40 && refused.status === 201; taken++) refused = await write("192.0.2.1");
    assert.ok(taken >= 20 && taken <= 40, `${taken} were taken`);
    assert.equal(refused.json().error.code, "rate");
    assert.equal(refused.headers["retry-after"], "60");
    assert.equal((await write("192.0.2.2")).status, 201);
    assert.equal((await send(url, "GET", "/api/health", { headers: { "cf-connecting-ip": "192.0.2.1" } })).status, 200);
  } finally {
    await miniflare.dispose();
  }
});

test("the native server has the same limits, room for so many links, and answers nobody behind a proxy", async () => {
  const folder = mkdtempSync(join(tmpdir(), "why403-limits-"));
  const server = await native(folder, ["-space", "1", "-writes", "30"]);
  try {
    const write = (content, headers = {}) =>
      send(server.url, "POST", "/api/links", { headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(content) });
    const statuses = [];
    while (!statuses.includes(429) && statuses.length < 70) statuses.push((await write(priv("A".repeat(60000)))).status);
    assert.deepEqual([...new Set(statuses)], [201, 507, 429]);
    const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
    const used = sizes.reduce((a, b) => a + b);
    assert.equal(sizes.length, statuses.filter((status) => status === 201).length);
    assert.ok(used <= 2 ** 20 && used + sizes[0] > 2 ** 20, `${used} bytes`);
    assert.equal((await send(server.url, "GET", "/api/health")).status, 200);
    assert.equal((await send(server.url, "GET", "/", { headers: { "x-forwarded-for": "192.0.2.1" } })).status, 403);
    assert.equal((await send(server.url, "GET", "/", { headers: { host: "localhost:99999" } })).status, 403);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
});

test("the Worker reads links from before pages had parts, and shows them under its own address", async () => {
  const { url, miniflare } = await start();
  try {
    const id = "rhvnxjnrhggmjsmkfnthfscm";
    const bucket = await miniflare.getR2Bucket("LINKS");
    await bucket.put(
      id,
      JSON.stringify({ ...pub(SCENARIO), token: "", page: '<a href="javascript://127.0.0.1/#s=">', policy: "default-src *" }),
    );
    assert.deepEqual((await send(url, "GET", `/api/links/${id}`)).json(), pub(SCENARIO));
    const page = await send(url, "GET", `/s/${id}`);
    assert.equal(page.status, 200);
    assert.ok(page.text.includes(`href="${url}/#s=`), page.text);
    assert.doesNotMatch(page.text + page.headers["content-security-policy"], /javascript:|default-src \*/);
  } finally {
    await miniflare.dispose();
  }
});

// In place of R2: a bucket that breaks at one of its calls.
const BROKEN = `
  const kept = new Map();
  export default ({ breaks }) => ({
    async get(id) {
      if (breaks === "get") throw new Error("10.0.0.1: R2 is down");
      return kept.has(id) ? { text: async () => kept.get(id) } : null;
    },
    async put(id, text) {
      if (breaks === "put before") throw new Error("10.0.0.1: R2 is down");
      kept.set(id, text);
      if (breaks === "put after") throw new Error("10.0.0.1: R2 is down");
      return {};
    },
    async delete() {
      throw new Error("10.0.0.1: R2 is down");
    },
  });`;

for (const breaks of ["get", "put before", "put after", "delete"]) {
  test(`R2 failing at ${breaks} is a clear answer, and leaves a whole link or none`, async () => {
    const { url, miniflare } = await start({
      options: { ratelimits: {}, r2Buckets: {}, wrappedBindings: { LINKS: { scriptName: "broken", bindings: { breaks } } } },
      beside: [{ name: "broken", modules: true, script: BROKEN }],
    });
    try {
      const content = priv(box());
      const post = () => send(url, "POST", "/api/links", { headers: JSON_TYPE, body: JSON.stringify(content) });
      const created = await post();
      const { id, deleteToken } = created.json();
      const ask = {
        get: () => send(url, "GET", `/api/links/${id}`),
        delete: () => send(url, "DELETE", `/api/links/${id}`, { headers: { authorization: `Bearer ${deleteToken}` } }),
      }[breaks];
      const failed = ask ? await ask() : created;
      assert.equal(failed.status, 503, failed.text);
      assert.equal(failed.json().error.code, "store");
      assert.doesNotMatch(failed.text, /10\.0\.0\.1/);
      assert.equal(failed.headers["retry-after"], "5");
      assert.equal((await send(url, "GET", "/api/health")).status, breaks === "get" ? 503 : 200);
      assert.equal((await post()).status, ask ? 201 : 503);
      if (breaks === "delete") assert.deepEqual((await send(url, "GET", `/api/links/${id}`)).json(), content);
    } finally {
      await miniflare.dispose();
    }
  });
}
