import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export type Log = (entry: { source: string; line: string }) => void;

/** Passes on what a stream says, line by line. */
export function logLines(stream: Readable, source: string, log: Log): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) =>
    log({ source, line }),
  );
}
