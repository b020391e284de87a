import {
  type ArchivedArtifact,
  type EvidenceState,
  VerificationEvent,
} from '../../contract/verification-event.ts';
import type { CaseRecord } from '../case/case-record.ts';

/** An archive, as the events of its case name it. */
export interface NamedArchive {
  /** The S3 key of the manifest. */
  readonly manifest: string;
  /** The SHA-256 that each event gives for the manifest: one value, unless something is wrong. */
  readonly manifestSha256: readonly string[];
  /** The artifacts that the events list. They may be fewer than those of the manifest. */
  readonly artifacts: readonly ArchivedArtifact[];
}

/** Lists the archives that the events and the row of a case name, oldest first. Pure. */
export function listNamedArchives({ verification, history }: CaseRecord): NamedArchive[] {
  const states = [
    ...history.flatMap(({ event }) => (event === null ? [] : VerificationEvent.parse(event).data.evidence)),
    verification?.evidence ?? null,
  ];
  const archives = new Map<string, NamedArchive>();
  for (const state of states) {
    if (state === null || state.manifest === null) continue;
    archives.set(state.manifest, merge(archives.get(state.manifest), state.manifest, state));
  }
  return [...archives.values()];
}

function merge(
  known: NamedArchive | undefined,
  manifest: string,
  { manifestSha256, artifacts }: EvidenceState,
): NamedArchive {
  const byName = [...(known?.artifacts ?? []), ...artifacts].map(
    (each) => [JSON.stringify(each), each] as const,
  );
  return {
    manifest,
    manifestSha256: [...new Set([...(known?.manifestSha256 ?? []), manifestSha256 ?? 'none'])],
    artifacts: [...new Map(byName).values()],
  };
}
