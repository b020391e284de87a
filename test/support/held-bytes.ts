import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** Collects garbage, and returns the total size in bytes of all Buffers that remain in memory. */
export function heldBytes(): number {
  if (typeof collectGarbage !== 'function') throw new Error('V8 does not expose its garbage collector');
  // Collect garbage twice, because V8 may release buffers from the first collection only in the second.
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}
