import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Findings, type VerificationEvent } from 'idv-webhooks/events';

/**
 * Returns the findings of an event. If they are too large for the event, reads them from the object of `dataref`. The
 * event itself then has only the checks that were made after the object was written.
 */
export async function readFindings(s3: S3Client, { dataref, data }: VerificationEvent): Promise<Findings> {
  if (dataref === undefined) return data;
  // `dataref` is s3://BUCKET/KEY. A key can contain characters that a URL would escape, so do not parse it as a URL.
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(dataref) ?? [];
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const findings = Findings.parse(JSON.parse((await Body?.transformToString()) ?? ''));
  return { ...findings, checks: [...findings.checks, ...data.checks] };
}
