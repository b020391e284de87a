/** The AWS region and account that the local stack simulates. The emulators use this account in their ARNs. */
export const region = 'eu-west-1';
export const accountId = '000000000000';

/**
 * The credentials with which the local stack, the CLI and tests call the emulators. The emulators accept any
 * credentials.
 */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The credentials of event source mappings. A proxy in a test distinguishes pollers from functions by them. */
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
