import type { Artifact } from '../../contract/artifact.ts';
import type { ArchivedArtifact } from '../../contract/verification-event.ts';
import { type ProviderHashCheck, startProviderHashCheck } from '../checks/provider-hash.ts';
import { createContentCheck, firstBytesCount } from '../checks/start-check.ts';
import { addMissingExtension, hasExtension } from './content-types.ts';
import type { EvidenceStore } from './evidence-store.ts';
import { checkWhileStreaming, UnprovenFileEndError } from './inspect.ts';
import { countAndHashWhileStreaming, type SizeAndHash } from './measure.ts';
import { readFirstBytes } from './peek.ts';

/** The largest artifact: 2 GiB. This is many times the size of the largest ZIP, which holds videos of a few minutes. */
const maxArtifactBytes = 2 * 1024 ** 3;

type ArtifactToArchive = Pick<
  Artifact,
  'name' | 'label' | 'contentType' | 'content' | 'providerHash' | 'open'
> & {
  readonly mayBeEmpty?: boolean;
  /** True if a file without a proven end is accepted, once two transfers have returned the same bytes. */
  readonly mayBeUnproven?: boolean;
  /** Names that the artifact must not take, because other artifacts in its folder have them. */
  readonly takenNames?: ReadonlySet<string>;
};

/**
 * Streams an artifact from the provider to the bucket, and checks its content on the way. An artifact whose name has no
 * extension gets the extension of its content. If an earlier try has stored
 * the artifact, it is not requested again, and only its size and hash are computed.
 *
 * @throws EvidenceError
 */
export async function archiveArtifact(
  store: EvidenceStore,
  folder: string,
  artifact: ArtifactToArchive,
  signal: AbortSignal,
): Promise<ArchivedArtifact> {
  const storedName = await findStoredName(store, folder, artifact);
  const storedType = await store.contentTypeOf(`${folder}/${storedName}`);
  if (storedType !== null)
    return describeStored(store, folder, { ...artifact, name: storedName }, storedType);
  try {
    return await download(store, folder, artifact, null, signal);
  } catch (error) {
    if (!(error instanceof UnprovenFileEndError && artifact.mayBeUnproven)) throw error;
    return await download(store, folder, artifact, error.measure, signal);
  }
}

/** Returns the name under which an earlier try may have stored the artifact: only its content shows the extension. */
async function findStoredName(
  store: EvidenceStore,
  folder: string,
  { name, takenNames }: ArtifactToArchive,
): Promise<string> {
  if (hasExtension(name)) return name;
  const names = (await store.listKeys(`${folder}/${name}.`)).map((key) => key.slice(folder.length + 1));
  const isMine = (stored: string) =>
    /^\.[a-z0-9]+$/.test(stored.slice(name.length)) && !takenNames?.has(stored);
  return names.find(isMine) ?? name;
}

/** Returns the name of the artifact with an extension, unless another artifact has that name. */
function nameFor({ name, takenNames }: ArtifactToArchive, contentType: string): string {
  const extended = addMissingExtension(name, contentType);
  return takenNames?.has(extended) ? name : extended;
}

async function download(
  store: EvidenceStore,
  folder: string,
  artifact: ArtifactToArchive,
  earlier: SizeAndHash | null,
  signal: AbortSignal,
): Promise<ArchivedArtifact> {
  const { label = artifact.name, content } = artifact;
  const transfer = await artifact.open(signal);
  const { body, measure } = countAndHashWhileStreaming(label, transfer.body, {
    length: transfer.length,
    // A file in a ZIP may be empty, but an empty response of a provider is a failure.
    minBytes: artifact.mayBeEmpty ? 0 : 1,
    maxBytes: maxArtifactBytes,
  });
  const { beginning, close, ...peeked } = await readFirstBytes(body, firstBytesCount, signal);
  try {
    const declared = transfer.contentType ?? artifact.contentType;
    const hash = comparisonOf(artifact);
    const check = await createContentCheck(content, { bytes: beginning, declared, isHashed: hash !== null });
    const inspection = { check, hash, ending: transfer.ending, measure, earlier };
    const contentType = check.contentType ?? declared;
    const name = nameFor(artifact, contentType);
    const key = `${folder}/${name}`;
    const passed = checkWhileStreaming(label, peeked.body, inspection);
    if (!(await store.putStreamOnce(key, passed, contentType, signal))) {
      return await describeStored(store, folder, { ...artifact, name }, contentType);
    }
    return { name, key, contentType, ...measure(), ...providerHashOf(artifact, hash) };
  } finally {
    close();
  }
}

/**
 * Computes the size and hash of an object in the bucket. Its content needs no check, because it was checked when it was
 * stored.
 */
async function describeStored(
  store: EvidenceStore,
  folder: string,
  artifact: ArtifactToArchive,
  contentType: string,
): Promise<ArchivedArtifact> {
  const hash = comparisonOf(artifact);
  const key = `${folder}/${artifact.name}`;
  const { body, measure } = countAndHashWhileStreaming(
    artifact.label ?? artifact.name,
    await store.read(key),
    {
      length: null,
      maxBytes: maxArtifactBytes,
    },
  );
  for await (const chunk of body) hash?.update(chunk);
  return { name: artifact.name, key, contentType, ...measure(), ...providerHashOf(artifact, hash) };
}

function comparisonOf({ providerHash }: ArtifactToArchive): ProviderHashCheck | null {
  return providerHash === undefined ? null : startProviderHashCheck(providerHash);
}

function providerHashOf(
  { providerHash }: ArtifactToArchive,
  hash: ProviderHashCheck | null,
): Pick<ArchivedArtifact, 'providerHash'> {
  if (providerHash === undefined) return {};
  return { providerHash: { ...providerHash, matched: hash?.matches() ?? null } };
}
