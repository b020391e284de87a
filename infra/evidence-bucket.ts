import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectLockRetention,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from './acknowledge.ts';
import { keepBucket } from './keep-data.ts';
import { buildLifecycleRules } from './lifecycle-rules.ts';
import type { ObjectLock } from './stage/evidence-protection.ts';
import type { Stage } from './stage.ts';

interface EvidenceBucketProps {
  readonly stage: Stage;
  readonly key: IKey;
  /** The bucket in which S3 logs each request to the evidence bucket. */
  readonly accessLogs: Bucket;
}

/** Creates the bucket of evidence, and of bodies and findings that are too large for an item. */
export function createEvidenceBucket(scope: Construct, id: string, props: EvidenceBucketProps): Bucket {
  const { stage, key, accessLogs } = props;
  const { lock } = stage.bucketProtection;
  const bucket = new Bucket(scope, id, {
    ...keepBucket(stage),
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    // S3 then asks AWS KMS for one key for many objects, not for each object.
    bucketKeyEnabled: true,
    enforceSSL: true,
    versioned: true,
    // CloudFormation can enable Object Lock only for a new bucket: later, it would replace the bucket. So each stage enables
    // it, and locks objects only if it sets a default retention.
    objectLockEnabled: true,
    ...(lock === null ? {} : { objectLockDefaultRetention: buildDefaultRetention(lock) }),
    serverAccessLogsBucket: accessLogs as IBucket,
    serverAccessLogsPrefix: 'evidence/',
    lifecycleRules: buildLifecycleRules(stage),
  });
  acknowledgeFindings(
    bucket,
    'A copy in another region would leave the jurisdiction that the owner of the stage has chosen for identity documents. Versions and Object Lock protect against deletion, and S3 stores each object in three availability zones.',
    'NIST.800.53.R5-S3BucketReplicationEnabled',
    'PCI.DSS.321-S3BucketReplicationEnabled',
  );
  acknowledgeFindings(
    bucket,
    'Consumers learn of new evidence by the event `idv.evidence.archived.v1`, which also carries the hash of the manifest.',
    'CT.S3.PR.4',
  );
  return bucket;
}

function buildDefaultRetention({ mode, days }: ObjectLock): ObjectLockRetention {
  const duration = Duration.days(days);
  return mode === 'compliance'
    ? ObjectLockRetention.compliance(duration)
    : ObjectLockRetention.governance(duration);
}
