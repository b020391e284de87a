import { crc32, deflateSync } from 'node:zlib';

/**
 * Creates a JPEG file of one grey pixel, as a small test image. Different comments give different bytes.
 */
export function tinyJpeg(comment?: string): Buffer {
  const quantization = Buffer.alloc(65, 1).fill(0, 0, 1);
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    segment(0xe0, Buffer.from('4a46494600010100000100010000', 'hex')),
    ...(comment === undefined ? [] : [segment(0xfe, Buffer.from(comment, 'utf8'))]),
    segment(0xdb, quantization),
    // The JPEG frame header: 8 bits per sample, height 1, width 1, one color component.
    segment(0xc0, Buffer.from('080001000101011100', 'hex')),
    // The JPEG has two Huffman tables, each with a single one-bit code: "no difference" (DC), "end of block" (AC).
    segment(0xc4, huffmanTable(0x00)),
    segment(0xc4, huffmanTable(0x10)),
    segment(0xda, Buffer.from('0101' + '00' + '003f00', 'hex')),
    // The image data of the JPEG: the two one-bit codes, padded with ones to a full byte. Then the end marker.
    Buffer.from('3fffd9', 'hex'),
  ]);
}

function segment(marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

function huffmanTable(id: number): Buffer {
  const codesByLength = [1, ...Array.from({ length: 15 }, () => 0)];
  return Buffer.from([id, ...codesByLength, 0x00]);
}

/** Creates a PNG file of one grey pixel. It has 24 bits per pixel, as IDnow documents for its own PNG files. */
export function tinyPng(): Buffer {
  // The PNG header says: width 1, height 1, 8 bits per channel, RGB. The PNG data is one row of one pixel, with filter 0.
  const header = Buffer.from('00000001000000010802000000', 'hex');
  const pixels = deflateSync(Buffer.from('00808080', 'hex'));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
