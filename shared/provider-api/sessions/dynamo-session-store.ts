import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod/mini';
import { type LoginPause, LoginPauseReason, type SessionStore, SessionToken } from './session-store.ts';

/**
 * The attributes of a row that describe its pause. Their names must not change, because running stages have rows with
 * these names.
 */
const PauseRow = z.object({
  pausedUntil: z._default(z.number(), 0),
  pauseReason: z._default(LoginPauseReason, 'unauthorized'),
  useless: z._default(z.int(), 0),
  failed: z._default(z.int(), 0),
});

/**
 * Stores login sessions in the table `Sessions`.
 *
 * @param pauseFactor multiplies each pause in the table, so that tests wait less. Callers pass and get the full pauses
 */
export function createDynamoSessionStore(
  dynamodb: DynamoDBClient,
  table: string,
  now: () => number,
  pauseFactor = 1,
): SessionStore {
  const update = async (sessionId: string, expression: string, condition: string, values: object) => {
    try {
      await dynamodb.send(
        new UpdateItemCommand({
          TableName: table,
          Key: marshall({ sessionId }),
          UpdateExpression: expression,
          ConditionExpression: condition,
          ExpressionAttributeValues: marshall(values),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  const setPause = 'pausedUntil = :until, pauseReason = :reason, useless = :useless, failed = :failed';
  const pauseValues = ({ reason, unsuccessfulLogins, failedLogins, ms }: LoginPause) => ({
    ':until': now() + ms * pauseFactor,
    ':reason': reason,
    ':useless': unsuccessfulLogins,
    ':failed': failedLogins,
  });

  return {
    async read(sessionId) {
      const { Item: item = {} } = await dynamodb.send(
        new GetItemCommand({ TableName: table, Key: marshall({ sessionId }), ConsistentRead: true }),
      );
      const row = unmarshall(item);
      const { pausedUntil, pauseReason, useless, failed } = PauseRow.parse(row);
      return {
        token: SessionToken.safeParse(row).data ?? null,
        pausedMs: Math.max(0, pausedUntil - now()) / pauseFactor,
        pauseReason,
        unsuccessfulLogins: useless,
        failedLogins: failed,
      };
    },
    acquireLease: (sessionId, refused, owner, leaseMs) =>
      update(
        sessionId,
        'SET leaseOwner = :owner, leaseUntil = :until',
        `(attribute_not_exists(leaseUntil) OR leaseUntil < :now)
         AND (attribute_not_exists(pausedUntil) OR pausedUntil <= :now)
         AND (attribute_not_exists(authToken) OR generation <= :refused)`,
        { ':owner': owner, ':until': now() + leaseMs, ':now': now(), ':refused': refused },
      ),
    async save(sessionId, owner, { authToken, generation }, pause) {
      await update(
        sessionId,
        `SET authToken = :token, generation = :generation, ${setPause} REMOVE leaseOwner, leaseUntil`,
        'leaseOwner = :owner',
        { ':token': authToken, ':generation': generation, ':owner': owner, ...pauseValues(pause) },
      );
    },
    async releaseLease(sessionId, owner) {
      await update(sessionId, 'REMOVE leaseOwner, leaseUntil', 'leaseOwner = :owner', { ':owner': owner });
    },
    async recordFailure(sessionId, owner, pause) {
      await update(sessionId, `SET ${setPause} REMOVE leaseOwner, leaseUntil`, 'leaseOwner = :owner', {
        ':owner': owner,
        ...pauseValues(pause),
      });
    },
    async pause(sessionId, generation, pause) {
      await update(
        sessionId,
        `SET ${setPause}`,
        'generation = :generation AND (attribute_not_exists(pausedUntil) OR pausedUntil <= :until)',
        { ':generation': generation, ...pauseValues(pause) },
      );
    },
    async forgetFailures(sessionId, generation) {
      await update(
        sessionId,
        'REMOVE useless, failed, pausedUntil, pauseReason',
        'generation = :generation',
        {
          ':generation': generation,
        },
      );
    },
  };
}
