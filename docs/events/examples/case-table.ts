import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Findings, VerificationEvent } from 'idv-webhooks/events';
import type { ApplyEvent } from './apply-event.ts';
import { readFindings } from './read-findings.ts';

interface CaseTable {
  readonly dynamoDb: DynamoDBClient;
  readonly s3: S3Client;
  /** A table of your own, with the partition key `verificationId`. */
  readonly tableName: string;
}

/**
 * Keeps the newest event of each case. Each event contains the whole verification, so one conditional write replaces the
 * whole row, unless the row is from this event or from a newer one. The order in which the events arrive does not matter,
 * and a gap stops nothing.
 */
export function caseTable({ dynamoDb, s3, tableName }: CaseTable): ApplyEvent {
  return async (event) => {
    const row = rowOf(event, await readFindings(s3, event));
    try {
      await dynamoDb.send(new PutItemCommand({ TableName: tableName, ...replaceOlder(row) }));
      return 'applied';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'skipped';
      throw error;
    }
  };
}

/** The row of a case. Choose what your system needs: a row can contain 400 KB. */
function rowOf({ subject, data }: VerificationEvent, { claims, documents, checks }: Findings) {
  const { generation, sequence, reference, phase, outcome, finality, flags, reasons, evidence } = data;
  const state = { phase, outcome, finality, flags, reasons };
  return {
    verificationId: subject,
    generation,
    sequence,
    reference,
    state,
    claims,
    documents,
    checks,
    evidence,
  };
}

/** The write succeeds if the row is older: first the generation counts, as text, then the sequence. */
function replaceOlder(row: ReturnType<typeof rowOf>) {
  return {
    Item: marshall(row, { removeUndefinedValues: true }),
    ConditionExpression: [
      'attribute_not_exists(verificationId)',
      '#generation < :generation',
      '(#generation = :generation AND #sequence < :sequence)',
    ].join(' OR '),
    ExpressionAttributeNames: { '#generation': 'generation', '#sequence': 'sequence' },
    ExpressionAttributeValues: marshall({ ':generation': row.generation, ':sequence': row.sequence }),
  };
}
