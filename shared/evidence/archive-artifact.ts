import type { ArchivedArtifact } from '../contract/verification-event.ts';
import type { Artifact } from '../providers/evidence-source.ts';
import type { Archive } from './archive.ts';
import { measured } from './measure.ts';

/** 2 GiB: many times the largest ZIP (videos of a few minutes). */
const maxArtifactBytes = 2 * 1024 ** 3;

/**
 * Streams one artifact from the provider to the bucket. One that an earlier try has stored is not fetched
 * again, only measured.
 *
 * @throws EvidenceError
 */
export async function archiveArtifact(
  archive: Archive,
  folder: string,
  artifact: Pick<Artifact, 'name' | 'contentType' | 'open'> & { readonly mayBeEmpty?: boolean },
  signal: AbortSignal,
): Promise<ArchivedArtifact> {
  const { name } = artifact;
  const key = `${folder}/${name}`;
  const stored = await archive.contentTypeOf(key);
  if (stored !== null) return { name, key, contentType: stored, ...(await measureStored(archive, key)) };

  const download = await artifact.open(signal);
  const { body, measure } = measured(name, download.body, {
    length: download.length,
    // Of a file in a ZIP, empty is what it is; of a provider's answer, it is a failure.
    minBytes: artifact.mayBeEmpty ? 0 : 1,
    maxBytes: maxArtifactBytes,
  });
  const contentType = download.contentType ?? artifact.contentType;
  const written = await archive.write(key, contentType, body, signal);
  return { name, key, contentType, ...(written ? measure() : await measureStored(archive, key)) };
}

async function measureStored(archive: Archive, key: string) {
  const { body, measure } = measured(key, await archive.read(key), {
    length: null,
    maxBytes: maxArtifactBytes,
  });
  for await (const _chunk of body);
  return measure();
}
