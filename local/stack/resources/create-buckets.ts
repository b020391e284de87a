import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { emulatorCredentials, localRegion } from '../aws-account.ts';
import type { ResolvedResource } from '../template/stack-template.ts';

/**
 * Creates the buckets of the CloudFormation template. Only their names count: encryption, lifecycle, versioning and
 * access rules have no local effect.
 */
export async function createBuckets(endpoint: string, buckets: ResolvedResource[]): Promise<void> {
  const client = new S3Client({
    endpoint,
    region: localRegion,
    credentials: emulatorCredentials,
    forcePathStyle: true,
  });
  try {
    for (const bucket of buckets) {
      await client.send(new CreateBucketCommand({ Bucket: bucket.reference.name }));
    }
  } finally {
    client.destroy();
  }
}
