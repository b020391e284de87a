/** The AWS region and account that the local stack simulates. The emulators use this account in their ARNs. */
export const localRegion = 'eu-west-1';
export const localAccountId = '000000000000';

/**
 * The credentials for calls to the emulators from the local stack, the CLI and tests. The emulators accept any
 * credentials.
 */
export const emulatorCredentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * The credentials of the pollers. They differ from those of functions, so that a proxy in a test can tell pollers from
 * functions.
 */
export const pollerCredentials = { accessKeyId: 'local-event-source', secretAccessKey: 'local' };

export interface AwsServiceEndpoints {
  dynamodb: string;
  sqs: string;
  s3: string;
  secretsmanager: string;
}

export function buildLocalArn(service: string, resource: string): string {
  return `arn:aws:${service}:${localRegion}:${localAccountId}:${resource}`;
}
