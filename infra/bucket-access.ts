import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type {
  DlqDestinationConfig,
  IEventSourceDlq,
  IEventSourceMapping,
  IFunction,
} from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';

type ObjectAction = 's3:GetObject' | 's3:PutObject' | 's3:AbortMultipartUpload';

/**
 * Lets a function do exactly this with the objects below a prefix. CDK's `grantPut` would also let it set
 * retention and legal holds, its `grantRead` whatever begins with Get and List.
 */
export function allowObjects(fn: IFunction, bucket: IBucket, prefix: string, actions: ObjectAction[]): void {
  fn.addToRolePolicy(new PolicyStatement({ actions, resources: [bucket.arnForObjects(`${prefix}/*`)] }));
}

/** Without it, S3 answers 403 instead of 404 where there is no object. */
export function allowListing(fn: IFunction, bucket: IBucket): void {
  fn.addToRolePolicy(new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] }));
}

/**
 * Where Lambda puts the stream records that it gives up, below `aws/lambda/`. CDK's own
 * `S3OnFailureDestination` would let the function read and delete the whole bucket.
 */
export class FailedRecords implements IEventSourceDlq {
  readonly #bucket: IBucket;

  constructor(bucket: IBucket) {
    this.#bucket = bucket;
  }

  bind(_mapping: IEventSourceMapping, fn: IFunction): DlqDestinationConfig {
    allowObjects(fn, this.#bucket, 'aws/lambda', ['s3:PutObject']);
    allowListing(fn, this.#bucket);
    return { destination: this.#bucket.bucketArn };
  }
}
