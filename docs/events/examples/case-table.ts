import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Findings, VerificationEvent } from 'idv-webhooks/events';
import { readFindings } from './read-findings.ts';

/** Applies one event to your data. Throws if the event cannot be applied now. SQS then delivers it again. */
export type ApplyEvent = (event: VerificationEvent) => Promise<'applied' | 'repetition'>;

interface CaseTable {
  readonly dynamoDb: DynamoDBClient;
  readonly s3: S3Client;
  /** A table of your own, with the partition key `verificationId`. */
  readonly tableName: string;
}

/**
 * Keeps one row per case. One conditional write stores the sequence of an event together with its effect. So each event
 * has its effect exactly once, also if SQS delivers it twice, or if two consumers process it at the same time.
 */
export function caseTable({ dynamoDb, s3, tableName }: CaseTable): ApplyEvent {
  return async (event) => {
    const findings = await readFindings(s3, event);
    try {
      await dynamoDb.send(new UpdateItemCommand({ TableName: tableName, ...updateFor(event, findings) }));
      return 'applied';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const last = Number(unmarshall(error.Item ?? {}).sequence ?? 0);
      if (event.data.sequence <= last) return 'repetition';
      throw new Error(`${event.id} arrived after sequence ${last}: an event before it is missing`);
    }
  };
}

function updateFor({ type, subject, data }: VerificationEvent, { claims }: Findings) {
  const { sequence, phase, outcome, finality, evidence } = data;
  const changes = {
    sequence,
    state: { phase, outcome, finality },
    // An event without claims or evidence does not repeat those of earlier events, so the row keeps them.
    ...(Object.keys(claims).length === 0 ? {} : { claims }),
    ...(evidence === null ? {} : { evidence }),
  };
  const names = Object.keys(changes);
  return {
    Key: marshall({ verificationId: subject }),
    UpdateExpression: [
      'SET history = list_append(if_not_exists(history, :none), :entry)',
      ...names.map((name) => `#${name} = :${name}`),
    ].join(', '),
    ConditionExpression: sequence === 1 ? 'attribute_not_exists(#sequence)' : '#sequence = :previous',
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: marshall(
      {
        ...Object.fromEntries(Object.entries(changes).map(([name, value]) => [`:${name}`, value])),
        ...(sequence === 1 ? {} : { ':previous': sequence - 1 }),
        ':none': [],
        ':entry': [{ sequence, type }],
      },
      { removeUndefinedValues: true },
    ),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
}
