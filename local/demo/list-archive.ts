import { dirname } from 'node:path';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { LocalStack } from '../stack/local-stack.ts';

export interface ArchivedObject {
  readonly key: string;
  readonly size: number;
}

/** Lists the archived objects in the folder of a manifest, including the manifest. */
export async function listArchivedObjects(stack: LocalStack, manifestKey: string): Promise<ArchivedObject[]> {
  const { region, credentials, endpoints, outputs } = stack;
  const s3 = new S3Client({ region, credentials, endpoint: endpoints.s3 });
  const { Contents: contents = [] } = await s3.send(
    new ListObjectsV2Command({ Bucket: outputs.EvidenceBucketName, Prefix: `${dirname(manifestKey)}/` }),
  );
  s3.destroy();
  return contents.map(({ Key: key = '', Size: size = 0 }) => ({ key, size }));
}
