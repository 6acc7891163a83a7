// Reads DEFLATE, RFC 1951, as strictly as Go's compress/flate: what is wrong
// with a link must be the same for both. No library tells a stream that ends
// early from one that is wrong, or stops at a length.

/** Why a stream can't be read: it ends before its last block does, or it says what no stream says. */
export class InflateError extends Error {
  constructor(readonly early: boolean) {
    super(early ? "the stream ends early" : "the stream is wrong");
  }
}

const MAX_BITS = 15;
const END = 256;
const LENGTHS = 286;
const DISTANCES = 30;
/** In this order the lengths of the code length code are written. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** The repeat codes 16, 17 and 18: their extra bits, and the least number of times. */
const REPEATS = [
  [2, 3],
  [3, 3],
  [7, 11],
] as const;

function wrong(): InflateError {
  return new InflateError(false);
}

/** The bits of a stream, lowest first. */
class Bits {
  #at = 0;
  #held = 0;
  #count = 0;

  constructor(readonly bytes: Uint8Array) {}

  /** Where the next byte that nothing was read of is. */
  get at(): number {
    return this.#at;
  }

  /** The next bits, which stay. */
  peek(count: number): number {
    while (this.#count < count) {
      const byte = this.bytes[this.#at];
      if (byte === undefined) throw new InflateError(true);
      this.#held |= byte << this.#count;
      this.#at++;
      this.#count += 8;
    }
    return this.#held & ((1 << count) - 1);
  }

  drop(count: number): void {
    this.#held >>>= count;
    this.#count -= count;
  }

  read(count: number): number {
    const value = this.peek(count);
    this.drop(count);
    return value;
  }

  /** As many whole bytes, or those that there are. The rest of the present byte is dropped. */
  take(count: number): Uint8Array {
    this.#held = this.#count = 0;
    const taken = this.bytes.subarray(this.#at, this.#at + count);
    this.#at += taken.length;
    return taken;
  }
}

/** A Huffman code. Like zlib and Go it may be empty, or have one symbol of one bit. */
class Code {
  readonly #counts = new Uint16Array(MAX_BITS + 1);
  readonly #symbols: Uint16Array;
  readonly #least: number;

  /** `least` is how many bits there must be before any symbol is read: every block ends with a symbol that long. */
  constructor(lengths: Uint8Array, least = 0) {
    for (const length of lengths) if (length > 0) this.#counts[length]!++;
    const starts = new Uint16Array(MAX_BITS + 2);
    let left = 1;
    let used = 0;
    let longest = 0;
    for (let bits = 1; bits <= MAX_BITS; bits++) {
      const count = this.#counts[bits]!;
      left = left * 2 - count;
      used += count;
      starts[bits + 1] = used;
      if (count > 0) longest = bits;
      if (left < 0) throw wrong();
    }
    if (left > 0 && used > 0 && !(used === 1 && longest === 1)) throw wrong();
    this.#symbols = new Uint16Array(used);
    lengths.forEach((length, symbol) => {
      if (length > 0) this.#symbols[starts[length]!++] = symbol;
    });
    this.#least = Math.max(
      least,
      this.#counts.findIndex((count) => count > 0),
    );
  }

  read(bits: Bits): number {
    if (this.#symbols.length === 0) throw wrong();
    bits.peek(this.#least);
    let code = 0;
    let first = 0;
    let before = 0;
    for (let length = 1; length <= MAX_BITS; length++) {
      code |= (bits.peek(length) >>> (length - 1)) & 1;
      const count = this.#counts[length]!;
      if (code - first < count) {
        bits.drop(length);
        return this.#symbols[before + code - first]!;
      }
      before += count;
      first = (first + count) * 2;
      code *= 2;
      // The one code of one bit is 0.
      if (this.#symbols.length === 1) break;
    }
    throw wrong();
  }
}

/** What is written, up to a length. More than that is wrong. */
class Output {
  readonly bytes: Uint8Array;
  length = 0;

  constructor(most: number) {
    this.bytes = new Uint8Array(most);
  }

  put(byte: number): void {
    if (this.length === this.bytes.length) throw wrong();
    this.bytes[this.length++] = byte;
  }

  copy(distance: number, count: number): void {
    if (distance > this.length) throw wrong();
    for (let i = 0; i < count; i++) this.put(this.bytes[this.length - distance]!);
  }
}

function fixed(): [Code, Code] {
  const lengths = Uint8Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8));
  return [new Code(lengths), new Code(new Uint8Array(32).fill(5))];
}

/** The two codes at the head of a block: of literals and lengths, and of distances. */
function dynamic(bits: Bits): [Code, Code] {
  const counts = bits.peek(14);
  const literals = (counts & 31) + 257;
  const distances = ((counts >> 5) & 31) + 1;
  if (literals > LENGTHS || distances > DISTANCES) throw wrong();
  bits.drop(14);
  const sizes = new Uint8Array(19);
  for (const symbol of ORDER.slice(0, (counts >> 10) + 4)) sizes[symbol] = bits.read(3);
  const code = new Code(sizes);
  const lengths = new Uint8Array(literals + distances);
  for (let i = 0; i < lengths.length;) {
    const symbol = code.read(bits);
    if (symbol < 16) {
      lengths[i++] = symbol;
      continue;
    }
    if (symbol === 16 && i === 0) throw wrong();
    const [extra, least] = REPEATS[symbol - 16]!;
    const end = i + least + bits.read(extra);
    if (end > lengths.length) throw wrong();
    lengths.fill(symbol === 16 ? lengths[i - 1]! : 0, i, end);
    i = end;
  }
  return [new Code(lengths.subarray(0, literals), lengths[END]), new Code(lengths.subarray(literals))];
}

/** The length that a symbol stands for. Each four symbols have a further bit. */
function lengthOf(symbol: number, bits: Bits): number {
  if (symbol >= LENGTHS) throw wrong();
  if (symbol === LENGTHS - 1) return 258;
  const n = symbol - END - 1;
  const extra = n < 8 ? 0 : (n >> 2) - 1;
  return n < 8 ? n + 3 : ((4 + (n & 3)) << extra) + 3 + bits.read(extra);
}

/** The distance that a symbol stands for. Each two symbols have a further bit. */
function distanceOf(symbol: number, bits: Bits): number {
  if (symbol >= DISTANCES) throw wrong();
  const extra = symbol < 4 ? 0 : (symbol >> 1) - 1;
  return symbol < 4 ? symbol + 1 : ((2 + (symbol & 1)) << extra) + 1 + bits.read(extra);
}

function stored(bits: Bits, out: Output): void {
  const [a, b, c, d] = bits.take(4);
  if (d === undefined) throw new InflateError(true);
  const length = a! | (b! << 8);
  if ((length ^ (c! | (d << 8))) !== 0xffff) throw wrong();
  const taken = bits.take(length);
  for (const byte of taken) out.put(byte);
  if (taken.length < length) throw new InflateError(true);
}

function compressed(bits: Bits, out: Output, [literals, distances]: [Code, Code]): void {
  for (let symbol = literals.read(bits); symbol !== END; symbol = literals.read(bits)) {
    if (symbol < END) {
      out.put(symbol);
      continue;
    }
    const length = lengthOf(symbol, bits);
    out.copy(distanceOf(distances.read(bits), bits), length);
  }
}

/** Inflates a stream of exactly that many bytes, with nothing behind it. Throws an InflateError. */
export function inflate(stream: Uint8Array, length: number): Uint8Array {
  const bits = new Bits(stream);
  const out = new Output(length);
  for (let last = 0; last === 0;) {
    last = bits.read(1);
    const kind = bits.read(2);
    if (kind === 3) throw wrong();
    if (kind === 0) stored(bits, out);
    else compressed(bits, out, kind === 1 ? fixed() : dynamic(bits));
  }
  if (bits.at < stream.length || out.length < length) throw wrong();
  return out.bytes;
}
