import { GetObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import type { VerificationEvent } from '../../shared/contract/verification-event.ts';
import { parseManifest } from '../../shared/evidence/archive/manifest.ts';
import { sha256 } from '../support/evidence-bucket.ts';
import type { DeployedSystem } from './deployed-system.ts';

/** What the event about archived evidence promises, and what the bucket has. Each hash is in hexadecimal. */
interface ComparedEvidence {
  /** The hashes by key, as the event states them. */
  readonly stated: Readonly<Record<string, string | null>>;
  /** The hashes of the bytes in the bucket. */
  readonly stored: Readonly<Record<string, string>>;
  /** The artifacts of the manifest in the bucket. */
  readonly manifest: ReturnType<typeof parseManifest>;
}

/** Reads the archive of an event about archived evidence from the bucket. */
export async function readArchive(
  { s3 }: DeployedSystem,
  { data: { evidence } }: VerificationEvent,
): Promise<ComparedEvidence> {
  if (!evidence?.bucket || !evidence.manifest) throw new Error('the event names no manifest');
  const { bucket: Bucket, manifest } = evidence;
  const stated = Object.fromEntries([
    [manifest, evidence.manifestSha256],
    ...evidence.artifacts.map(({ key, sha256 }) => [key, sha256]),
  ]);
  const stored: Record<string, string> = {};
  let manifestBytes = Buffer.of();
  for (const Key of Object.keys(stated)) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    stored[Key] = sha256(bytes);
    if (Key === manifest) manifestBytes = bytes;
  }
  return { stated, stored, manifest: parseManifest(manifestBytes) };
}

/** Counts the versions of each object below a prefix. An object that was never overwritten has one. */
export async function countVersions(
  { s3, system }: DeployedSystem,
  Prefix: string,
): Promise<Record<string, number>> {
  const Bucket = system.stack.outputs.EvidenceBucketName;
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, Prefix }));
  const counts: Record<string, number> = {};
  for (const { Key = '' } of Versions) counts[Key] = (counts[Key] ?? 0) + 1;
  return counts;
}
