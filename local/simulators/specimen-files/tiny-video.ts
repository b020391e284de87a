const CHUNK_BYTES = 64 * 1024;

/** Creates an MP4 file without a track, with `padding` bytes of filler data. Different labels give different bytes. */
export function tinyVideo(padding: number, label?: string): { size: number; chunks(): Generator<Buffer> } {
  const fileType = box('ftyp', Buffer.concat([ascii('isom'), Buffer.from([0, 0, 2, 0]), ascii('isommp42')]));
  const type = label === undefined ? fileType : Buffer.concat([fileType, box('free', ascii(label))]);
  const data = mediaDataHeader(padding);
  return {
    size: type.length + data.length + padding,
    // All chunks of the video share one block of memory, so even a large video needs little memory.
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

/** Builds the header of the MP4's media data. Its size field has 64 bits, because a video can exceed 4 GiB. */
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
