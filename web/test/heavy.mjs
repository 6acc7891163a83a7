// The scenarios that cost a page most, of those that a link can carry.
import { deflateRawSync } from "node:zlib";

export const ASK =
  "principal: arn:aws:iam::111122223333:user/alice\naction: sqs:SendMessage\nresource: arn:aws:sqs:us-east-1:111122223333:q\n";
export const ALLOW = '{"Effect":"Allow","Action":"s3:*","Resource":"*"}';
export const times = (n, write) => Array.from({ length: n }, (_, i) => write(i)).join("");

export const policies = (n) => `Many\n\n-- request --\n${ASK}${times(n, (i) => `-- identity/p${i}.json --\n{"Statement":${ALLOW}}\n`)}`;
export const inOne = (statements) =>
  `Many\n\n-- request --\n${ASK}-- identity/a.json --\n{"Version":"2012-10-17","Statement":[${statements}]}\n`;

function crc32(bytes) {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let i = 0; i < 8; i++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

/** A link, whatever stands in the text. */
export function linkTo(text) {
  const bytes = Buffer.from(text);
  if (bytes.length > 262_144) throw new Error(`${bytes.length} bytes`);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  const head = [1, 1, bytes.length >> 16, (bytes.length >> 8) & 255, bytes.length & 255];
  return `#s=${Buffer.concat([Buffer.from(head), deflateRawSync(bytes, { level: 9 }), sum]).toString("base64url")}Z`;
}
