import { createHash } from 'node:crypto';

/** The longest name that each service accepts. */
const longest = {
  'AWS::Lambda::Function': 64,
  'AWS::SQS::Queue': 80,
  'AWS::S3::Bucket': 63,
  'AWS::DynamoDB::Table': 255,
  'AWS::DynamoDB::GlobalTable': 255,
  'AWS::SecretsManager::Secret': 512,
} as const satisfies Record<string, number>;

export type NamedType = keyof typeof longest;

/**
 * The name that a resource without one of its own gets: `{stack}-{logicalId}`, as CloudFormation's but without
 * a random part, so that a log or a data directory stays readable from one start to the next.
 */
export function physicalName(type: NamedType, stackName: string, logicalId: string, fifo = false): string {
  const suffix = fifo ? '.fifo' : '';
  const wanted = `${stackName}-${logicalId}`;
  const limit = longest[type] - suffix.length;
  const name = wanted.length <= limit ? wanted : `${wanted.slice(0, limit - 9)}-${shortHash(wanted)}`;
  return `${type === 'AWS::S3::Bucket' ? name.toLowerCase() : name}${suffix}`;
}

function shortHash(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 8);
}
