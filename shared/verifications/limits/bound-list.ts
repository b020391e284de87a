import { sqsBytes } from '../../platform/sqs-text.ts';

export interface Bound {
  readonly count: number;
  /** Of the entries as JSON, as SQS counts them. */
  readonly bytes: number;
}

export interface BoundedList<T> {
  readonly kept: T[];
  /** How many more there were. */
  readonly omitted: number;
}

/** The first entries of a list, as many as its bound allows: a list of few long entries is cut as one of many is. */
export function boundList<T>(list: readonly T[], { count, bytes }: Bound): BoundedList<T> {
  const kept: T[] = [];
  let left = bytes;
  for (const entry of list.slice(0, count)) {
    left -= sqsBytes(JSON.stringify(entry)) + 1;
    if (left < 0) break;
    kept.push(entry);
  }
  return { kept, omitted: list.length - kept.length };
}
