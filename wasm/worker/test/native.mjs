// The native server that ./build.sh builds, for tests.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const worker = fileURLToPath(new URL("..", import.meta.url));

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Starts it over a folder of links, without limits unless the flags say them. */
export async function native(folder, flags = ["-writes", "0", "-evaluations", "0"]) {
  const port = await freePort();
  const child = spawn(`${worker}dist/server`, ["-site", `${worker}dist/site`, "-links", folder, ...flags], {
    env: { PATH: process.env.PATH, PORT: String(port) },
    stdio: "ignore",
  });
  const url = `http://127.0.0.1:${port}`;
  await answering(url, child);
  return {
    url,
    async stop() {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

/** Resolves when the server answers; rejects if it ends before. */
async function answering(url, child) {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const up = await send(url, "GET", "/api/health").catch(() => undefined);
    if (up?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** One request on a connection of its own: servers close idle ones while clients write to them. */
export function send(url, method, path, { headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { method, headers, agent: false }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: response.statusCode, headers: response.headers, text, json: () => JSON.parse(text) });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
