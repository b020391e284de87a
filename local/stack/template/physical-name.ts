import { createHash } from 'node:crypto';

/** The maximum length of names, by resource type. */
const longest = {
  'AWS::Lambda::Function': 64,
  'AWS::SQS::Queue': 80,
  'AWS::S3::Bucket': 63,
  'AWS::DynamoDB::Table': 255,
  'AWS::DynamoDB::GlobalTable': 255,
  'AWS::SecretsManager::Secret': 512,
} as const satisfies Record<string, number>;

export type NamedResourceType = keyof typeof longest;

/**
 * Creates the physical name of a resource that has no name in the CloudFormation template: `{stack}-{logicalId}`.
 * CloudFormation adds random characters. This function does not, so a resource has the same name at each start.
 */
export function createPhysicalResourceName(
  type: NamedResourceType,
  stackName: string,
  logicalId: string,
  fifo = false,
): string {
  const suffix = fifo ? '.fifo' : '';
  const wanted = `${stackName}-${logicalId}`;
  const limit = longest[type] - suffix.length;
  const name = wanted.length <= limit ? wanted : `${wanted.slice(0, limit - 9)}-${shortHash(wanted)}`;
  return `${type === 'AWS::S3::Bucket' ? name.toLowerCase() : name}${suffix}`;
}

function shortHash(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 8);
}
