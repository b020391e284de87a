import type { CleanupList } from '../cleanup.ts';
import type { Emulators } from '../emulators/start-emulators.ts';
import type { StackTemplate } from '../template/stack-template.ts';
import { createBuckets } from './create-buckets.ts';
import { createQueues } from './create-queues.ts';
import { createSecretsFromTemplate } from './create-secrets.ts';
import { createTables } from './create-tables.ts';
import { deleteTables } from './delete-tables.ts';

/**
 * Creates the tables, queues, buckets and secrets of a template in the emulators.
 *
 * @param secrets the values of secrets, by the `Name` in the template
 * @returns the emulator's stream ARNs, by table name
 */
export async function createResources(
  template: StackTemplate,
  { endpoints, dynamoDb, secretsManager }: Emulators,
  secrets: Readonly<Record<string, unknown>>,
  cleanup: CleanupList,
): Promise<Map<string, string>> {
  const tables = template.resources('AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable');
  if (dynamoDb.deleteTables) cleanup.add(() => deleteTables(endpoints.dynamodb, tables));
  const streams = await createTables(endpoints.dynamodb, tables);
  await createQueues(endpoints.sqs, template.resources('AWS::SQS::Queue'));
  await createBuckets(endpoints.s3, template.resources('AWS::S3::Bucket'));
  createSecretsFromTemplate(secretsManager, template.resources('AWS::SecretsManager::Secret'), secrets);
  return streams;
}
