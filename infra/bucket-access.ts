import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type {
  DlqDestinationConfig,
  IEventSourceDlq,
  IEventSourceMapping,
  IFunction,
} from 'aws-cdk-lib/aws-lambda';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { acknowledgeFindings } from './acknowledge.ts';
import { grantKeyUse } from './key-access.ts';

type ObjectAction =
  | 's3:GetObject'
  | 's3:PutObject'
  | 's3:AbortMultipartUpload'
  | 's3:DeleteObject'
  | 's3:DeleteObjectVersion'
  | 's3:GetObjectRetention';

/**
 * Allows a function exactly these actions on the objects below a prefix. CDK's `grantPut` would also allow retention
 * settings and legal holds. CDK's `grantRead` would allow all actions that begin with Get or List.
 */
export function grantObjectActions(
  fn: IFunction,
  bucket: IBucket,
  prefix: string,
  actions: ObjectAction[],
): void {
  fn.addToRolePolicy(new PolicyStatement({ actions, resources: [bucket.arnForObjects(`${prefix}/*`)] }));
  const keyActions = new Set(actions.flatMap((action) => keyActionsOf[action]));
  grantKeyUse(fn, bucket.encryptionKey, 's3', [...keyActions]);
  acknowledgeFolder(fn, bucket, prefix);
}

/** The uses of the bucket's key that S3 requires for an action. A completed multipart upload reads its parts again. */
const keyActionsOf = {
  's3:GetObject': ['kms:Decrypt'],
  's3:PutObject': ['kms:GenerateDataKey'],
  's3:AbortMultipartUpload': ['kms:Decrypt'],
  's3:DeleteObject': [],
  's3:DeleteObjectVersion': [],
  's3:GetObjectRetention': [],
} as const satisfies Record<ObjectAction, readonly ('kms:Decrypt' | 'kms:GenerateDataKey')[]>;

function acknowledgeFolder(fn: IFunction, bucket: IBucket, prefix: string): void {
  const resource = bucket.node.defaultChild;
  if (fn.role === undefined || !(resource instanceof CfnBucket)) return;
  const bucketId = Stack.of(resource).getLogicalId(resource);
  acknowledgeFindings(
    fn.role,
    'The wildcard stands for the objects of one folder of one bucket. A policy cannot name objects that do not exist yet.',
    `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${prefix}/*]`,
  );
}

/**
 * Allows a function to list the bucket. Without this permission, S3 answers 403 instead of 404 for a missing object.
 */
export function grantBucketListing(fn: IFunction, bucket: IBucket): void {
  fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
}

/** Allows a function to list all object versions below these prefixes. */
export function grantVersionListing(fn: IFunction, bucket: IBucket, prefixes: readonly string[]): void {
  fn.addToRolePolicy(
    new PolicyStatement({
      actions: ['s3:ListBucketVersions'],
      resources: [bucket.bucketArn],
      conditions: { StringLike: { 's3:prefix': prefixes.map((prefix) => `${prefix}/*`) } },
    }),
  );
}

/**
 * The place in S3 for stream records that Lambda does not deliver any more: below `aws/lambda/`. CDK's
 * `S3OnFailureDestination` would allow the function to read and delete the whole bucket.
 */
export class FailedRecordsDestination implements IEventSourceDlq {
  readonly #bucket: IBucket;

  constructor(bucket: IBucket) {
    this.#bucket = bucket;
  }

  bind(_mapping: IEventSourceMapping, fn: IFunction): DlqDestinationConfig {
    grantObjectActions(fn, this.#bucket, 'aws/lambda', ['s3:PutObject']);
    grantBucketListing(fn, this.#bucket);
    return { destination: this.#bucket.bucketArn };
  }
}
