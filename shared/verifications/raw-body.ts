import { isUtf8 } from 'node:buffer';
import type { StoredBody } from './delivery.ts';

/** Stores a raw body without any change: `restoreRawBody` returns the same bytes. */
export function storeRawBody(body: Uint8Array): Exclude<StoredBody, { kind: 'object' }> {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return isUtf8(bytes)
    ? { kind: 'text', text: bytes.toString('utf8') }
    : { kind: 'base64', base64: bytes.toString('base64') };
}

/** Returns the bytes of a raw body that is stored in a row. */
export function restoreRawBody(body: Exclude<StoredBody, { kind: 'object' }>): Buffer {
  return body.kind === 'text' ? Buffer.from(body.text, 'utf8') : Buffer.from(body.base64, 'base64');
}
