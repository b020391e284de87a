/** The AWS region and account that the local stack simulates. The emulators use this account in their ARNs. */
export const region = 'eu-west-1';
export const accountId = '000000000000';

/**
 * The credentials for calls to the emulators from the local stack, the CLI and tests. The emulators accept any
 * credentials.
 */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/**
 * The credentials of the pollers. They differ from those of functions, so that a proxy in a test can tell pollers from
 * functions.
 */
export const eventSourceCredentials = { accessKeyId: 'local-event-source', secretAccessKey: 'local' };

export interface Endpoints {
  dynamodb: string;
  sqs: string;
  s3: string;
  secretsmanager: string;
}

export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}
