import type { AwsServiceEndpoints } from '../aws-account.ts';
import type { CleanupList } from '../cleanup.ts';
import { type DynamoDbEmulator, startDynamoDbEmulator } from './dynamodb-emulator.ts';
import { type SecretsManagerEmulator, startSecretsManagerEmulator } from './secrets-manager-emulator.ts';
import { startSqsAndS3Emulator } from './sqs-and-s3-emulator.ts';

export type EmulatorUrlReplacer = (service: keyof AwsServiceEndpoints, url: string) => Promise<string>;

export interface Emulators {
  /** The URLs of the emulators. */
  endpoints: AwsServiceEndpoints;
  /**
   * The URLs that functions and pollers use: the URLs of the emulators, or of proxies that a test puts in front of
   * them.
   */
  interceptedEndpoints: AwsServiceEndpoints;
  dynamoDb: DynamoDbEmulator;
  secretsManager: SecretsManagerEmulator;
}

export async function startEmulators(
  dataDir: string | undefined,
  intercept: EmulatorUrlReplacer,
  cleanup: CleanupList,
): Promise<Emulators> {
  const dynamoDb = await startDynamoDbEmulator(dataDir, cleanup);
  const sqsAndS3 = await startSqsAndS3Emulator(cleanup);
  const secretsManager = await startSecretsManagerEmulator(cleanup);
  const endpoints = {
    dynamodb: dynamoDb.url,
    sqs: sqsAndS3,
    s3: sqsAndS3,
    secretsmanager: secretsManager.url,
  };
  const interceptedEndpoints = {
    dynamodb: await intercept('dynamodb', endpoints.dynamodb),
    sqs: await intercept('sqs', endpoints.sqs),
    s3: await intercept('s3', endpoints.s3),
    secretsmanager: await intercept('secretsmanager', endpoints.secretsmanager),
  };
  return { endpoints, interceptedEndpoints, dynamoDb, secretsManager };
}
