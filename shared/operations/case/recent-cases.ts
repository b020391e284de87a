import { paginateScan } from '@aws-sdk/client-dynamodb';
import type { Verification } from '../../verifications/verification.ts';
import { parseVerificationItem } from '../../verifications/verification-row.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';

export interface RecentCases {
  /** The cases with the newest changes first. */
  readonly cases: readonly Verification[];
  /** False if the table has more rows than were read, so that newer cases may be missing. */
  readonly isComplete: boolean;
}

/**
 * Finds the cases that changed last. No index orders cases by time, because each entry would cost a write. So this reads the
 * table, up to a number of rows: enough for the local stack and for a stage of tests.
 *
 * @param limit the number of cases to return
 * @param maxRows the number of rows to read
 */
export async function findRecentCases(
  {
    aws,
    verificationsTable,
  }: Pick<OperatedStack, 'verificationsTable'> & { aws: Pick<OperatedStack['aws'], 'dynamodb'> },
  { limit, maxRows }: { readonly limit: number; readonly maxRows: number },
): Promise<RecentCases> {
  const cases: Verification[] = [];
  let read = 0;
  let isComplete = true;
  for await (const { Items = [], LastEvaluatedKey } of paginateScan(
    { client: aws.dynamodb, pageSize: maxRows },
    { TableName: verificationsTable },
  )) {
    for (const item of Items) {
      const verification = readRow(item);
      if (verification !== null) cases.push(verification);
    }
    read += Items.length;
    isComplete = LastEvaluatedKey === undefined;
    if (read >= maxRows) break;
  }
  const newest = cases.toSorted((a, b) => compareText(b.receivedAt, a.receivedAt));
  return { cases: newest.slice(0, limit), isComplete };
}

/** @returns null if the item is no row of this project */
function readRow(item: Readonly<Record<string, unknown>>): Verification | null {
  try {
    return parseVerificationItem(item).verification;
  } catch {
    return null;
  }
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
