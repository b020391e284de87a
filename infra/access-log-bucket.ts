import { Duration } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledge.ts';
import { keepBucket } from './keep-data.ts';
import type { Stage } from './stage.ts';

interface AccessLogBucketProps {
  readonly stage: Stage;
  /** The number of days that access logs are kept. */
  readonly logDays: number;
}

/** Creates the bucket in which S3 logs who has read, written or deleted which object of the evidence bucket. */
export function createAccessLogBucket(
  scope: Construct,
  id: string,
  { stage, logDays }: AccessLogBucketProps,
): Bucket {
  const bucket = new Bucket(scope, id, {
    ...keepBucket(stage),
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    // S3 delivers access logs only to buckets with its own encryption, and without Object Lock:
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    versioned: true,
    lifecycleRules: [
      {
        id: 'expire',
        expiration: Duration.days(logDays),
        noncurrentVersionExpiration: Duration.days(1),
        abortIncompleteMultipartUploadAfter: Duration.days(1),
      },
    ],
  });
  acknowledgeFindings(
    bucket,
    'S3 delivers access logs only to buckets that S3 encrypts with its own keys. The logs contain keys of objects, but no content.',
    'CT.S3.PR.10',
    'NIST.800.53.R5-S3DefaultEncryptionKMS',
    'PCI.DSS.321-S3DefaultEncryptionKMS',
  );
  acknowledgeFindings(bucket, 'S3 delivers no access logs to a bucket with Object Lock.', 'CT.S3.PR.9');
  acknowledgeFindings(
    bucket,
    'The access logs stay in the region of the evidence, like the evidence itself.',
    'NIST.800.53.R5-S3BucketReplicationEnabled',
    'PCI.DSS.321-S3BucketReplicationEnabled',
  );
  acknowledgeFindings(bucket, 'Nothing in the stack reacts to a new access log.', 'CT.S3.PR.4');
  acknowledgeFindings(
    bucket,
    'This bucket holds the access logs. If S3 logged the delivery of logs here, each log would cause another log.',
    'CT.S3.PR.2',
  );
  return bucket;
}
