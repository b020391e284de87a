const CHUNK_BYTES = 64 * 1024;

/** Creates an MP4 without a track that contains `padding` bytes. Different labels give different bytes. */
export function tinyVideo(padding: number, label?: string): { size: number; chunks(): Generator<Buffer> } {
  const fileType = box('ftyp', Buffer.concat([ascii('isom'), Buffer.from([0, 0, 2, 0]), ascii('isommp42')]));
  const type = label === undefined ? fileType : Buffer.concat([fileType, box('free', ascii(label))]);
  const data = mediaDataHeader(padding);
  return {
    size: type.length + data.length + padding,
    // All chunks share the same block, so a large video needs no extra memory.
    *chunks() {
      yield Buffer.concat([type, data]);
      const block = Buffer.alloc(CHUNK_BYTES, 'specimen');
      for (let left = padding; left > 0; left -= CHUNK_BYTES) yield block.subarray(0, left);
    },
  };
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(content.length + 8);
  return Buffer.concat([head, ascii(type), content]);
}

/** Builds the box header with a 64-bit size, which allows more than 4 GiB. */
function mediaDataHeader(padding: number): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(1, 0);
  head.write('mdat', 4, 'latin1');
  head.writeBigUInt64BE(BigInt(padding + 16), 8);
  return head;
}

function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}
