import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { VerificationEvent } from 'idv-webhooks/events';
import type { ApplyEvent } from './apply-event.ts';

interface TaskTable {
  readonly dynamoDb: DynamoDBClient;
  /** A table of your own, with the partition key `verificationId`. */
  readonly tableName: string;
  /** When this consumer began to read events, in the format of a generation, such as `20261122T101000Z`. */
  readonly since: string;
}

/**
 * Acts on each change of a case: appends a task to the row of the case. One conditional write stores the task together
 * with the generation and the sequence of the event. So each event has its effect exactly once, and a gap is noticed.
 */
export function taskTable({ dynamoDb, tableName, since }: TaskTable): ApplyEvent {
  return async (event) => {
    const update = appendTask(event, since);
    try {
      await dynamoDb.send(new UpdateItemCommand({ TableName: tableName, ...update }));
      return 'applied';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      if (error.Item !== undefined && !isAfter(event, unmarshall(error.Item))) return 'skipped';
      throw new Error(`${event.id} has arrived, but an event before it is missing`);
    }
  };
}

function appendTask({ id, type, subject, data }: VerificationEvent, since: string) {
  const { generation, sequence, changed } = data;
  const isFirst = sequence === 1;
  // An erasure also deletes the earlier events that still wait in the queue. So the gap before it stays for ever.
  const isErasure = type === 'idv.verification.erased.v1';
  const precedes = isErasure ? '#sequence < :sequence' : '#sequence = :previous';
  const followsRow =
    isFirst && !isErasure
      ? '#generation < :generation'
      : `(#generation = :generation AND ${precedes})${isErasure ? ' OR #generation < :generation' : ''}`;
  // A case that is older than this consumer begins with the first event that the consumer sees.
  const mayBegin = isFirst || isErasure || generation < since;
  return {
    Key: marshall({ verificationId: subject }),
    UpdateExpression:
      'SET #generation = :generation, #sequence = :sequence, tasks = list_append(if_not_exists(tasks, :none), :tasks)',
    ConditionExpression: mayBegin ? `attribute_not_exists(verificationId) OR ${followsRow}` : followsRow,
    ExpressionAttributeNames: { '#generation': 'generation', '#sequence': 'sequence' },
    ExpressionAttributeValues: marshall({
      ':generation': generation,
      ':sequence': sequence,
      ...(isFirst || isErasure ? {} : { ':previous': sequence - 1 }),
      ':none': [],
      ':tasks': [{ id, type, changed }],
    }),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
}

function isAfter({ data }: VerificationEvent, { generation, sequence }: Record<string, unknown>): boolean {
  return data.generation === generation
    ? data.sequence > Number(sequence)
    : data.generation > String(generation);
}
