import { sqsBytes } from '../../platform/escape-for-sqs.ts';

/** The largest list that is stored or sent. */
export interface ListLimit {
  readonly count: number;
  /** The size of the entries as JSON, as SQS counts bytes. */
  readonly bytes: number;
}

export interface TruncatedList<T> {
  readonly kept: T[];
  /** The number of entries that were cut off. */
  readonly omitted: number;
}

/** Keeps the first entries of a list, as many as the limit allows in number and in bytes. */
export function truncateList<T>(list: readonly T[], { count, bytes }: ListLimit): TruncatedList<T> {
  const kept: T[] = [];
  let left = bytes;
  for (const entry of list.slice(0, count)) {
    left -= sqsBytes(JSON.stringify(entry)) + 1;
    if (left < 0) break;
    kept.push(entry);
  }
  return { kept, omitted: list.length - kept.length };
}
