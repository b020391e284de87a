/**
 * A textbook receiver, to compare ours with: Powertools' parser, Powertools' idempotency with DynamoDB, then a message
 * to SQS. It authenticates nobody, knows no order, and archives nothing. With STORE_TABLE it also stores the state, the
 * raw body and the event.
 */
import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { ApiGatewayEnvelope } from '@aws-lambda-powertools/parser/envelopes/api-gateway';
import { JSONStringified } from '@aws-lambda-powertools/parser/helpers';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import * as z from 'zod';

const Ident = z.looseObject({
  identificationprocess: z.looseObject({
    result: z.string().nullish(),
    companyid: z.string(),
    transactionnumber: z.string(),
    identificationtime: z.string().nullish(),
  }),
  userdata: z.record(z.string(), z.unknown()).nullish(),
  identificationdocument: z.record(z.string(), z.unknown()).nullish(),
});
type Ident = z.infer<typeof Ident>;

const { IDEMPOTENCY_TABLE = '', QUEUE_URL, STORE_TABLE } = process.env;
const config = new IdempotencyConfig({});
const persistenceStore = new DynamoDBPersistenceLayer({ tableName: IDEMPOTENCY_TABLE });
const sqs = new SQSClient({});
const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

const publish = makeIdempotent(
  async (ident: Ident, raw: string) => {
    const { companyid, transactionnumber, result = 'START' } = ident.identificationprocess;
    const id = `idnow:${companyid}:${transactionnumber}`;
    const at = new Date().toISOString();
    const { userdata, identificationdocument } = ident;
    const state = { status: result, person: userdata, document: identificationdocument };
    const event = JSON.stringify({ id, at, ...state });
    if (STORE_TABLE !== undefined) {
      const items = [
        { id, at: 'state', ...state },
        { id, at: `${at}#delivery`, raw },
        { id, at: `${at}#event`, event },
      ];
      await Promise.all(
        items.map((Item) => documents.send(new PutCommand({ TableName: STORE_TABLE, Item }))),
      );
    }
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: QUEUE_URL,
        MessageBody: event,
        MessageGroupId: id,
        MessageDeduplicationId: `${result}-${Date.parse(at)}`,
      }),
    );
    return { status: 'accepted' };
  },
  { persistenceStore, config },
);

export async function handler(event: APIGatewayProxyEvent, context: Context): Promise<APIGatewayProxyResult> {
  config.registerLambdaContext(context);
  const ident = ApiGatewayEnvelope.parse(event, JSONStringified(Ident));
  return { statusCode: 200, body: JSON.stringify(await publish(ident, event.body ?? '')) };
}
