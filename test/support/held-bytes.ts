import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Bytes of all buffers that something still refers to. */
export function heldBytes(): number {
  if (typeof collectGarbage !== 'function') throw new Error('V8 does not expose its garbage collector');
  // What the first collection has found is released by the second at the latest.
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}
