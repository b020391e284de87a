import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

/** How far each shard of each mapping has been handled, by the shard's key. */
export interface Checkpoints {
  get(key: string): string | undefined;
  set(key: string, sequenceNumber: string): void;
}

/**
 * Lambda remembers a stream's position; a stack that keeps its data must, too, or each start would hand a day's
 * records to the functions again. In memory when there is no data directory.
 */
export function openCheckpoints(dataDir: string | undefined): Checkpoints {
  const file = dataDir && join(dataDir, 'stream-checkpoints.json');
  const positions = new Map(Object.entries(file ? read(file) : {}));
  return {
    get: (key) => positions.get(key),
    set(key, sequenceNumber) {
      positions.set(key, sequenceNumber);
      if (!file) return;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(positions), undefined, 2));
      renameSync(`${file}.new`, file); // in one step: a crash leaves the old file or the new one
    },
  };
}

function read(file: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {}; // the first start
  }
  return z.record(z.string(), z.string()).parse(JSON.parse(text));
}
