// What ./build.sh deploy would send. Nothing is sent: wrangler only packs it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

test("wrangler takes the Worker as it is, and it is under 3 MB", () => {
  const out = mkdtempSync(join(tmpdir(), "why403-deploy-"));
  try {
    const { status, stdout, stderr } = spawnSync("npx", ["--no-install", "wrangler", "deploy", "--dry-run", "--outdir", out], {
      cwd: fileURLToPath(new URL("..", import.meta.url)),
      env: { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: out },
      encoding: "utf8",
    });
    assert.equal(status, 0, stdout + stderr);
    assert.doesNotMatch(stdout + stderr, /WARNING/);
    for (const binding of [/env\.LINKS .* R2 Bucket/, /env\.WRITES .* Rate Limit/, /env\.EVALUATIONS .* Rate Limit/])
      assert.match(stdout, binding);
    const [, gzip] = /gzip: ([\d.]+) KiB/.exec(stdout);
    assert.ok(Number(gzip) * 1024 < 3_000_000, `${gzip} KiB`);
  } finally {
    rmSync(out, { recursive: true });
  }
});
