import { deflateSync } from 'node:zlib';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** One bit a dot: black where it is set. */
export class Dots {
  readonly width: number;
  readonly height: number;
  readonly #rows: Uint8Array[];

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#rows = Array.from({ length: height }, () => new Uint8Array(Math.ceil(width / 8)));
  }

  set(x: number, y: number): void {
    const row = this.#rows[y];
    if (row && x >= 0 && x < this.width) row[x >> 3]! |= 0x80 >> (x & 7);
  }

  get(x: number, y: number): boolean {
    return ((this.#rows[y]?.[x >> 3] ?? 0) & (0x80 >> (x & 7))) !== 0;
  }

  /** A greyscale PNG of one bit a dot, black on white. */
  toPng(): Uint8Array {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(this.width, 0);
    header.writeUInt32BE(this.height, 4);
    header.set([1, 0, 0, 0, 0], 8);
    const lines = this.#rows.map((row) => Buffer.concat([Buffer.of(0), row.map((byte) => ~byte & 0xff)]));
    const data = deflateSync(Buffer.concat(lines), { level: 9 });
    return Buffer.concat([
      SIGNATURE,
      chunk('IHDR', header),
      chunk('IDAT', data),
      chunk('IEND', new Uint8Array()),
    ]);
  }
}
