/** Where the local stack pretends to be. The account is the one that SQS and DynamoDB emulators use in their ARNs. */
export const region = 'eu-west-1';
export const accountId = '000000000000';

/** The stack's own credentials: for creating resources, for the CLI and for tests. Emulators accept any. */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** Event source mappings call under their own name, so that a proxy in between can tell them from functions. */
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
