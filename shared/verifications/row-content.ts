import { gunzipSync, gzipSync } from 'node:zlib';

/**
 * The highest size of the content after it is decompressed: a raw body of 1 MiB with many escaped characters, and an
 * event. More would not be ours.
 */
const maxContentBytes = 16 * 1024 * 1024;

/**
 * Encodes the content of a row as one attribute: gzipped JSON. An IDnow row takes two write units in this form. As a map
 * of attributes, it takes four, because names and values repeat (decision record 038).
 */
export function encodeRowContent(content: object): Buffer {
  return compressJson(JSON.stringify(content));
}

/** Does the same for content that is JSON already. */
export function compressJson(json: string): Buffer {
  return gzipSync(json);
}

/** Decodes the content of a row. @throws Error if the bytes are no gzipped JSON, or too large when decompressed */
export function decodeRowContent(bytes: Uint8Array): unknown {
  return JSON.parse(gunzipSync(bytes, { maxOutputLength: maxContentBytes }).toString('utf8'));
}
