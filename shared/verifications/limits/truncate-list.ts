import { countSqsBodyBytes } from '../../platform/escape-for-sqs.ts';

/** The limits of a list that is stored or sent: the number of its entries, and their size. */
export interface ListLimit {
  readonly count: number;
  /** The maximum size of all entries together as JSON, as SQS counts bytes. */
  readonly bytes: number;
}

export interface TruncatedList<T> {
  readonly kept: T[];
  /** The number of entries that were cut off from the list. */
  readonly omitted: number;
}

/** Keeps the first entries of a list: as many as both limits allow, the number and the bytes. */
export function truncateList<T>(list: readonly T[], { count, bytes }: ListLimit): TruncatedList<T> {
  const kept: T[] = [];
  let left = bytes;
  for (const entry of list.slice(0, count)) {
    left -= countSqsBodyBytes(JSON.stringify(entry)) + 1;
    if (left < 0) break;
    kept.push(entry);
  }
  return { kept, omitted: list.length - kept.length };
}
