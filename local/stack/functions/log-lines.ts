import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export type LogLineListener = (entry: { source: string; line: string }) => void;

/** Forwards each line of an output stream, such as stdout, to the log. */
export function forwardLogLines(stream: Readable, source: string, log: LogLineListener): void {
  createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }).on('line', (line) =>
    log({ source, line }),
  );
}
