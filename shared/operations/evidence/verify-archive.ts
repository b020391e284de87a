import type { EvidenceAdapter } from '../../contract/evidence-adapter.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { createS3EvidenceStore, type EvidenceStore } from '../../evidence/archive/evidence-store.ts';
import { parseManifest } from '../../evidence/archive/manifest.ts';
import { measureBytes, type SizeAndHash } from '../../evidence/archive/measure.ts';
import { measureStoredObject, readStoredObject } from '../../evidence/archive/read-stored.ts';
import { EvidenceError } from '../../provider-api/evidence-error.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import type { NamedArchive } from './named-archives.ts';
import { findLockProblem, readObjectLock } from './object-lock.ts';
import { checkArchivedContent } from './signature.ts';
import { countStoredVersions, findVersionProblems } from './stored-versions.ts';

/** The result of the verification of one archive. */
export interface VerifiedArchive {
  /** The S3 key of the manifest. */
  readonly manifest: string;
  readonly artifacts: number;
  /** The size of all artifacts that were read back, in bytes. */
  readonly bytes: number;
  /** `valid` or `invalid`: the provider's signature, with the keys of the stage. `none`: nothing is signed, or no key is set. */
  readonly signature: 'valid' | 'invalid' | 'none';
  /** When the first lock of the objects ends; null if they are not locked. */
  readonly lockedUntil: string | null;
  /** A sentence for each problem. Empty if the archive is as its events say. */
  readonly problems: readonly string[];
}

/**
 * Reads an archive back, and compares it with its manifest, with the events that name it, with the versions in the bucket,
 * with the provider's hashes and signatures, and with the lock of the stage.
 *
 * @param verificationId the case to which the archive must belong
 * @param providerStatus the provider's own status of the case
 */
export async function verifyNamedArchive(
  stack: Pick<OperatedStack, 'aws' | 'evidenceBucket' | 'evidenceLock'>,
  adapter: EvidenceAdapter,
  named: NamedArchive,
  { verificationId, providerStatus }: { readonly verificationId: string; readonly providerStatus: string },
): Promise<VerifiedArchive> {
  const { aws, evidenceBucket: bucket } = stack;
  const store = createS3EvidenceStore(aws.s3, bucket);
  const nothing = {
    manifest: named.manifest,
    artifacts: 0,
    bytes: 0,
    signature: 'none',
    lockedUntil: null,
  } as const;
  const bytes = await readStoredObject(store, named.manifest);
  if (bytes === null) return { ...nothing, problems: [`${named.manifest}: the manifest is missing`] };
  const manifest = readManifest(bytes);
  if (manifest === null) return { ...nothing, problems: [`${named.manifest}: this is no manifest`] };
  const { sha256 } = measureBytes(bytes);
  const problems = named.manifestSha256
    .filter((expected) => expected !== sha256)
    .map((expected) => `${named.manifest}: its SHA-256 is ${sha256}, but an event names ${expected}`);
  if (manifest.verificationId !== verificationId)
    problems.push(`${named.manifest}: it belongs to ${manifest.verificationId}`);
  problems.push(...findUnknownArtifacts(named, manifest.artifacts));
  let size = 0;
  for (const artifact of manifest.artifacts) {
    const read = await measureStoredObject(store, artifact.key);
    size += read?.size ?? 0;
    problems.push(...findArtifactProblems(artifact, read));
  }
  const keys = [named.manifest, ...manifest.artifacts.map(({ key }) => key)];
  const folder = named.manifest.replace(/[^/]*$/, '');
  problems.push(...findVersionProblems(await countStoredVersions(aws.s3, bucket, folder), new Set(keys)));
  const locks = await readLocks(stack, keys);
  problems.push(...locks.problems);
  const signature = await checkSignature(store, adapter, manifest, providerStatus);
  problems.push(...signature.problems);
  return {
    manifest: named.manifest,
    artifacts: manifest.artifacts.length,
    bytes: size,
    signature: signature.result,
    lockedUntil: locks.until,
    problems,
  };
}

function readManifest(bytes: Uint8Array): ReturnType<typeof parseManifest> | null {
  try {
    return parseManifest(bytes);
  } catch {
    return null;
  }
}

/** The events list artifacts of the manifest, unchanged. */
function findUnknownArtifacts(
  { artifacts }: NamedArchive,
  ofManifest: readonly ArchivedArtifact[],
): string[] {
  const known = new Set(ofManifest.map((each) => JSON.stringify(each)));
  return artifacts
    .filter((each) => !known.has(JSON.stringify(each)))
    .map(({ key }) => `${key}: an event describes it in another way than the manifest`);
}

function findArtifactProblems(
  { key, size, sha256, providerHash }: ArchivedArtifact,
  read: SizeAndHash | null,
): string[] {
  if (read === null) return [`${key}: is missing`];
  return [
    ...(read.size === size ? [] : [`${key}: has ${read.size} bytes, but the manifest says ${size}`]),
    ...(read.sha256 === sha256 ? [] : [`${key}: its SHA-256 is not the one of the manifest`]),
    ...(providerHash?.matched === false ? [`${key}: does not match the provider's hash`] : []),
  ];
}

async function readLocks(
  { aws, evidenceBucket, evidenceLock }: Pick<OperatedStack, 'aws' | 'evidenceBucket' | 'evidenceLock'>,
  keys: readonly string[],
): Promise<{ readonly until: string | null; readonly problems: string[] }> {
  if (evidenceLock === null) return { until: null, problems: [] };
  const problems: string[] = [];
  const ends: string[] = [];
  for (const key of keys) {
    const lock = await readObjectLock(aws.s3, evidenceBucket, key).catch(() => null);
    if (lock === null) continue; // Another problem says that the object is missing.
    const problem = findLockProblem(lock, evidenceLock);
    if (problem !== null) problems.push(`${key}: ${problem}`);
    if (lock.until !== null) ends.push(lock.until.toISOString());
  }
  return { until: ends.toSorted()[0] ?? null, problems };
}

async function checkSignature(
  store: EvidenceStore,
  adapter: EvidenceAdapter,
  manifest: ReturnType<typeof parseManifest>,
  providerStatus: string,
): Promise<{ readonly result: VerifiedArchive['signature']; readonly problems: string[] }> {
  try {
    const checks = await checkArchivedContent(store, adapter, manifest, providerStatus);
    const passed = checks.find(({ name }) => name === 'xml_signature')?.passed ?? null;
    if (passed === null) return { result: 'none', problems: [] };
    return passed
      ? { result: 'valid', problems: [] }
      : { result: 'invalid', problems: ['the signature of the XML result is invalid'] };
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    return { result: 'none', problems: [`the archived result cannot be read: ${error.message}`] };
  }
}
