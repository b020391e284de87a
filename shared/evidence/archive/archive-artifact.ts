import type { Artifact } from '../../contract/evidence-source.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { compareWith, type HashComparison } from '../checks/provider-hash.ts';
import { beginningBytes, startCheck } from '../checks/start-check.ts';
import type { Archive } from './evidence-store.ts';
import { inspected, UnprovenEnd } from './inspect.ts';
import { type Measure, measured } from './measure.ts';
import { peek } from './peek.ts';

/** 2 GiB: many times the largest ZIP (videos of a few minutes). */
const maxArtifactBytes = 2 * 1024 ** 3;

type ArtifactToArchive = Pick<
  Artifact,
  'name' | 'label' | 'contentType' | 'content' | 'providerHash' | 'open'
> & {
  readonly mayBeEmpty?: boolean;
  /** Takes a file whose end nothing proves, where two transfers bring the same bytes. */
  readonly mayBeUnproven?: boolean;
};

/**
 * Streams one artifact from the provider to the bucket, if it is what it must be. One that an earlier try has stored
 * is not fetched again, only measured.
 *
 * @throws EvidenceError
 */
export async function archiveArtifact(
  archive: Archive,
  folder: string,
  artifact: ArtifactToArchive,
  signal: AbortSignal,
): Promise<ArchivedArtifact> {
  const key = `${folder}/${artifact.name}`;
  const stored = await archive.contentTypeOf(key);
  if (stored !== null) return describeStored(archive, key, artifact, stored);
  try {
    return await download(archive, key, artifact, null, signal);
  } catch (error) {
    if (!(error instanceof UnprovenEnd && artifact.mayBeUnproven)) throw error;
    return await download(archive, key, artifact, error.measure, signal);
  }
}

async function download(
  archive: Archive,
  key: string,
  artifact: ArtifactToArchive,
  earlier: Measure | null,
  signal: AbortSignal,
): Promise<ArchivedArtifact> {
  const { name, label = name, content } = artifact;
  const transfer = await artifact.open(signal);
  const { body, measure } = measured(label, transfer.body, {
    length: transfer.length,
    // Of a file in a ZIP, empty is what it is; of a provider's answer, it is a failure.
    minBytes: artifact.mayBeEmpty ? 0 : 1,
    maxBytes: maxArtifactBytes,
  });
  const { beginning, close, ...peeked } = await peek(body, beginningBytes, signal);
  try {
    const declared = transfer.contentType ?? artifact.contentType;
    const hash = comparisonOf(artifact);
    const check = await startCheck(content, { bytes: beginning, declared, isHashed: hash !== null });
    const inspection = { check, hash, ending: transfer.ending, measure, earlier };
    const contentType = check.contentType ?? declared;
    const passed = inspected(label, peeked.body, inspection);
    if (!(await archive.write(key, contentType, passed, signal))) {
      return await describeStored(archive, key, artifact, contentType);
    }
    return { name, key, contentType, ...measure(), ...providerHashOf(artifact, hash) };
  } finally {
    close();
  }
}

/** What is in the bucket has been checked when it was stored. */
async function describeStored(
  archive: Archive,
  key: string,
  artifact: ArtifactToArchive,
  contentType: string,
): Promise<ArchivedArtifact> {
  const hash = comparisonOf(artifact);
  const { body, measure } = measured(artifact.label ?? artifact.name, await archive.read(key), {
    length: null,
    maxBytes: maxArtifactBytes,
  });
  for await (const chunk of body) hash?.update(chunk);
  return { name: artifact.name, key, contentType, ...measure(), ...providerHashOf(artifact, hash) };
}

function comparisonOf({ providerHash }: ArtifactToArchive): HashComparison | null {
  return providerHash === undefined ? null : compareWith(providerHash);
}

function providerHashOf(
  { providerHash }: ArtifactToArchive,
  hash: HashComparison | null,
): Pick<ArchivedArtifact, 'providerHash'> {
  if (providerHash === undefined) return {};
  return { providerHash: { ...providerHash, matched: hash?.matches() ?? null } };
}
