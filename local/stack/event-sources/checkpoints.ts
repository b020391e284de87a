import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

/**
 * The positions of pollers in streams: the last handled sequence number of each shard. A key names the event source
 * mapping, the stream and the shard.
 */
export interface StreamCheckpoints {
  get(key: string): string | undefined;
  set(key: string, sequenceNumber: string): void;
}

/**
 * Opens the pollers' positions in streams: in the data directory, or in memory if there is no data directory. A data
 * directory keeps the streams, so it must also keep the positions. Otherwise each start would pass the records of a
 * whole day to the functions again.
 */
export function openStreamCheckpoints(dataDir: string | undefined): StreamCheckpoints {
  const file = dataDir && join(dataDir, 'stream-checkpoints.json');
  const positions = new Map(Object.entries(file ? read(file) : {}));
  return {
    get: (key) => positions.get(key),
    set(key, sequenceNumber) {
      positions.set(key, sequenceNumber);
      if (!file) return;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify(Object.fromEntries(positions), undefined, 2));
      renameSync(`${file}.new`, file); // A rename is atomic: after a crash, either the old or the new file exists.
    },
  };
}

function read(file: string): Record<string, string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {}; // The file does not exist before the first checkpoint.
  }
  return z.record(z.string(), z.string()).parse(JSON.parse(text));
}
