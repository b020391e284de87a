import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { computeRowExpiry } from './row-expiry.ts';
import { carryWrite } from './unconfirmed-writes.ts';
import type { Verification } from './verification.ts';
import { convertWriteToItem, parseVerificationItem } from './verification-row.ts';
import type { VerificationWrite } from './write.ts';

/** The result of a write. After a conflict, `found` is the row as it is now; null if there is no row. */
export type WriteResult =
  | { readonly kind: 'written' }
  | { readonly kind: 'conflict'; readonly found: Verification | null };

export const writtenResult: WriteResult = { kind: 'written' };

/** The table of verifications. */
export interface VerificationStore {
  /** Returns the verification that this instance wrote or read last. It may be out of date. @returns null if none */
  remembered(verificationId: string): Verification | null;
  /** Reads the current verification. @returns null if there is no row */
  read(verificationId: string): Promise<Verification | null>;
  /**
   * Writes a verification if its row still has the version of `known`. If `known` is null, it writes only if there is no
   * row.
   */
  write(known: Verification | null, write: VerificationWrite): Promise<WriteResult>;
}

/**
 * Creates the store on a DynamoDB table. Its `write` behaves like this:
 *
 * ```
 * row in the table      known               result
 * -----------------     -----------------   ------------------------------------------------------------
 * none                  null                written
 * version a             version a           written
 * version a             null, version b     conflict, with the row
 * version of the write  null, version b     written: the SDK sent this write twice, because the first answer was lost
 * none                  version b           conflict, without a row: the row expired or was erased
 * ```
 */
export function createDynamoVerificationStore(
  dynamodb: DynamoDBClient,
  table: string,
  retentionSeconds: number,
): VerificationStore {
  return {
    remembered: () => null,

    async read(verificationId) {
      const { Item: item } = await dynamodb.send(
        new GetItemCommand({
          TableName: table,
          Key: { verificationId: { S: verificationId } },
          ConsistentRead: true,
        }),
      );
      return item ? carryWrite(parseVerificationItem(item)) : null;
    },

    async write(known, write) {
      try {
        await dynamodb.send(
          new PutItemCommand({
            TableName: table,
            Item: convertWriteToItem(write, computeRowExpiry(write.verification, retentionSeconds)),
            ...ifUnchanged(known),
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          }),
        );
        return writtenResult;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        if (error.Item === undefined) return { kind: 'conflict', found: null };
        const found = carryWrite(parseVerificationItem(error.Item));
        return found.version === write.verification.version ? writtenResult : { kind: 'conflict', found };
      }
    },
  };
}

function ifUnchanged(known: Verification | null) {
  if (known === null) return { ConditionExpression: 'attribute_not_exists(verificationId)' };
  return {
    ConditionExpression: '#version = :version',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': { S: known.version } },
  };
}
