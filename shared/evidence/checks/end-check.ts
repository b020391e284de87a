import { createMp4EndCheck } from './box-walk.ts';
import type { FileEndCheck } from './content-check.ts';
import { createOggEndCheck } from './ogg-end.ts';
import { createPngEndCheck } from './png-walk.ts';
import { createStreamTail } from './tail.ts';

const tailBytes = 1024;

const marker = (bytes: string) => (tail: Buffer) => trimmed(tail).endsWith(bytes);

/**
 * The file types that end with certain bytes, each with a check of the last bytes. Strings are Latin-1: one character per
 * byte.
 */
const endMarkers: Readonly<Record<string, (tail: Buffer) => boolean>> = {
  'image/jpeg': marker('\xff\xd9'),
  'image/gif': marker('\x00;'),
  // Each revision of a PDF ends with `%%EOF`. The last `%%EOF` is within the last kilobyte of the file (ISO 32000-1,
  // H.3.4.3).
  'application/pdf': (tail) => tail.includes('%%EOF', 0, 'latin1'),
};

const boxTypes =
  /^(video\/(mp4|quicktime|x-m4v|3gpp2?)|audio\/(mp4|x-m4a)|image\/(hei[cf](-sequence)?|avif))$/;
const pngTypes = /^image\/a?png$/;
const oggTypes = /^(audio|video|application)\/ogg\b/;
const riffTypes = /^(image\/webp|audio\/wav|video\/vnd\.avi)$/;

/**
 * Creates the check for the end of a file of this type.
 *
 * @param beginning the first bytes of the file. They must also be pushed to the check
 */
export function createFileEndCheck(contentType: string, beginning: Uint8Array): FileEndCheck {
  const endsRight = endMarkers[contentType];
  if (endsRight !== undefined) return markedEnd(endsRight);
  if (pngTypes.test(contentType)) return createPngEndCheck();
  if (oggTypes.test(contentType)) return createOggEndCheck();
  if (boxTypes.test(contentType)) return createMp4EndCheck();
  if (riffTypes.test(contentType)) return riffEnd(beginning);
  if (contentType === 'image/bmp') return sizedEnd(bitmapSize(beginning));
  return { push: () => undefined, result: () => 'open-ended' };
}

function markedEnd(endsRight: (tail: Buffer) => boolean): FileEndCheck {
  const tail = createStreamTail(tailBytes);
  return { push: tail.push, result: () => (endsRight(tail.bytes()) ? 'whole' : 'unusual-end') };
}

/** Removes the zeros and line breaks that some programs add at the end of a file. */
function trimmed(tail: Buffer): string {
  return tail.toString('latin1').replace(/[\0\r\n ]+$/, '');
}

/**
 * Checks the end of a RIFF file, such as WAV, AVI or WebP. The second field of the file states how many bytes follow. In
 * a streamed recording, this field holds only a placeholder.
 */
function riffEnd(beginning: Uint8Array): FileEndCheck {
  const head = Buffer.from(beginning);
  const stated = head.byteLength < 8 ? 0 : head.readUInt32LE(4);
  return sizedEnd(stated === 0 || stated === 0xffff_ffff ? null : stated + 8);
}

/** Reads the size of a bitmap from its header. @returns null if the header does not state the size */
function bitmapSize(beginning: Uint8Array): number | null {
  const head = Buffer.from(beginning);
  return head.byteLength < 6 ? null : head.readUInt32LE(2) || null;
}

/**
 * Checks the end of a file by its size. @param stated the size that the file itself states; null if the file states no
 * size
 */
function sizedEnd(stated: number | null): FileEndCheck {
  let size = 0;
  return {
    push(chunk) {
      size += chunk.byteLength;
    },
    result() {
      if (stated === null) return 'open-ended';
      return size >= stated ? 'whole' : 'unusual-end';
    },
  };
}
