/** The AWS region and account that the local stack simulates. The emulators use this account in their ARNs. */
export const region = 'eu-west-1';
export const accountId = '000000000000';

/** The credentials for the creation of resources, for the CLI and for tests. The emulators accept any credentials. */
export const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

/** The credentials of event source mappings. They differ from the functions' credentials, so a proxy can tell them apart. */
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
