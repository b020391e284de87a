import { boxWalk } from './box-walk.ts';
import type { FileEnd } from './content-check.ts';
import { oggEnd } from './ogg-end.ts';
import { pngWalk } from './png-walk.ts';
import { tailOf } from './tail.ts';

const tailBytes = 1024;

const marker = (bytes: string) => (tail: Buffer) => trimmed(tail).endsWith(bytes);

/** How files of these types end; in Latin-1. */
const endMarkers: Readonly<Record<string, (tail: Buffer) => boolean>> = {
  'image/jpeg': marker('\xff\xd9'),
  'image/gif': marker('\x00;'),
  // Each revision of a PDF ends so, the last one within the last kilobyte (ISO 32000-1, annex H.3.4.3).
  'application/pdf': (tail) => tail.includes('%%EOF', 0, 'latin1'),
};

const boxTypes =
  /^(video\/(mp4|quicktime|x-m4v|3gpp2?)|audio\/(mp4|x-m4a)|image\/(hei[cf](-sequence)?|avif))$/;
const pngTypes = /^image\/a?png$/;
const oggTypes = /^(audio|video|application)\/ogg\b/;
const riffTypes = /^(image\/webp|audio\/wav|video\/vnd\.avi)$/;

/** @param beginning the first bytes, which are pushed as well */
export function fileEndOf(contentType: string, beginning: Uint8Array): FileEnd {
  const endsRight = endMarkers[contentType];
  if (endsRight !== undefined) return markedEnd(endsRight);
  if (pngTypes.test(contentType)) return pngWalk();
  if (oggTypes.test(contentType)) return oggEnd();
  if (boxTypes.test(contentType)) return boxWalk();
  if (riffTypes.test(contentType)) return riffEnd(beginning);
  if (contentType === 'image/bmp') return sizedEnd(bitmapSize(beginning));
  return { push: () => undefined, verdict: () => 'open-ended' };
}

function markedEnd(endsRight: (tail: Buffer) => boolean): FileEnd {
  const tail = tailOf(tailBytes);
  return { push: tail.push, verdict: () => (endsRight(tail.bytes()) ? 'whole' : 'unusual-end') };
}

/** Some writers fill a file up with zeros, or add a line break. */
function trimmed(tail: Buffer): string {
  return tail.toString('latin1').replace(/[\0\r\n ]+$/, '');
}

/** The second field of a RIFF file is the number of bytes that follow it. Of a recording that was streamed, nobody knew. */
function riffEnd(beginning: Uint8Array): FileEnd {
  const head = Buffer.from(beginning);
  const told = head.byteLength < 8 ? 0 : head.readUInt32LE(4);
  return sizedEnd(told === 0 || told === 0xffff_ffff ? null : told + 8);
}

/** Null where it is not told. */
function bitmapSize(beginning: Uint8Array): number | null {
  const head = Buffer.from(beginning);
  return head.byteLength < 6 ? null : head.readUInt32LE(2) || null;
}

/** @param told the size that the file gives itself; null where it gives none */
function sizedEnd(told: number | null): FileEnd {
  let size = 0;
  return {
    push(chunk) {
      size += chunk.byteLength;
    },
    verdict() {
      if (told === null) return 'open-ended';
      return size >= told ? 'whole' : 'unusual-end';
    },
  };
}
