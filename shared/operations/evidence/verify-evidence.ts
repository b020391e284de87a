import type { CaseRecord } from '../case/case-record.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { connectToProviderApi } from '../stack/provider-evidence.ts';
import { listNamedArchives } from './named-archives.ts';
import { type VerifiedArchive, verifyNamedArchive } from './verify-archive.ts';

/** The result of the verification of all archives of a case. */
export interface VerifiedEvidence {
  readonly verificationId: string;
  readonly archives: readonly VerifiedArchive[];
  /** Problems of the case that belong to no archive. */
  readonly problems: readonly string[];
}

/** Reads all archives of a case back, and checks them. A case without an archive has nothing to check. */
export async function verifyEvidence(stack: OperatedStack, record: CaseRecord): Promise<VerifiedEvidence> {
  const { verificationId, verification } = record;
  const { evidence: adapter } = connectToProviderApi(stack, verificationId.split(':')[0] ?? '');
  const archives: VerifiedArchive[] = [];
  for (const named of listNamedArchives(record)) {
    const owner = { verificationId, providerStatus: verification?.providerStatus ?? '' };
    archives.push(await verifyNamedArchive(stack, adapter, named, owner));
  }
  const isUnnamed = verification?.evidence?.status === 'archived' && verification.evidence.manifest === null;
  return {
    verificationId,
    archives,
    problems: isUnnamed ? ['the case has archived evidence, but no event names its manifest'] : [],
  };
}

/** Lists all problems of a case: those of its archives, and its own. */
export function listProblems({ archives, problems }: VerifiedEvidence): string[] {
  return [...problems, ...archives.flatMap((archive) => archive.problems)];
}
