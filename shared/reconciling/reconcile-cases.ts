import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CaseLookup } from '../contract/evidence-adapter.ts';
import type { ListedCase } from '../contract/listed-case.ts';
import type { ProviderName } from '../contract/provider-name.ts';
import { EvidenceError } from '../provider-api/evidence-error.ts';
import { UnreadableRowError } from '../verifications/errors.ts';
import { findOpenCases } from '../verifications/open-case-index.ts';
import type { VerificationStore } from '../verifications/verification-store.ts';
import { compareCase, type ReconciledCase } from './compare-case.ts';
import { type LookupPace, lookUpAtPace } from './look-up-at-pace.ts';

export interface Reconciliation {
  readonly provider: ProviderName;
  readonly source: CaseLookup;
  /** Lists the cases at the provider; null if the provider has no list. */
  readonly list: (() => AsyncIterable<ListedCase>) | null;
  readonly dynamodb: DynamoDBClient;
  readonly verificationsTable: string;
  readonly verifications: VerificationStore;
  /** Open cases are always compared. Other cases are compared if the provider's time is not before this time, or missing. */
  readonly since: Date;
  /** False for a dry run, which writes nothing. */
  readonly apply: boolean;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly pace: LookupPace;
  readonly signal: AbortSignal;
}

/** The maximum number of open cases that one run looks up. */
const maxOpenCases = 100_000;

/**
 * Compares the cases at a provider with our table, and applies what differs through the same decision and the same write as
 * a webhook. It takes the cases that the provider lists, so it also finds cases that we never heard of. Then it looks up
 * the other open cases, one after the other.
 *
 * @throws EvidenceError if the provider's list cannot be fetched at all
 */
export async function* reconcileCases(given: Reconciliation): AsyncIterable<ReconciledCase> {
  const { dynamodb, verificationsTable: table, provider } = given;
  const open = new Set(await findOpenCases({ dynamodb, table, provider, dueAt: null, limit: maxOpenCases }));
  const compared = new Set<string>();
  for await (const listed of given.list?.() ?? []) {
    const id = getVerificationId(listed);
    if (id !== null && compared.has(id)) continue;
    if (id !== null) compared.add(id);
    yield* compareListed(listed, open, given);
  }
  for (const verificationId of open) {
    if (!compared.has(verificationId)) yield* lookUp(verificationId, given);
  }
}

function getVerificationId(listed: ListedCase): string | null {
  if (listed.kind === 'not-listed') return null;
  return listed.kind === 'understood' ? listed.transition.verificationId : listed.verificationId;
}

async function* compareListed(
  listed: ListedCase,
  open: ReadonlySet<string>,
  given: Reconciliation,
): AsyncIterable<ReconciledCase> {
  if (listed.kind !== 'understood') {
    const why = listed.kind === 'unknown' ? listed.reason : listed.why;
    yield { kind: 'unclear', verificationId: getVerificationId(listed), why };
    return;
  }
  const { verificationId, occurredAt, phase, finality } = listed.transition;
  const isOpen = open.has(verificationId);
  if (!isOpen && occurredAt !== null && new Date(occurredAt) < given.since) return;
  // A list may be older than the attempt that is running now. Only a new request tells whether this attempt has ended.
  const mayBeOfEarlierAttempt = isOpen && phase === 'completed' && finality === 'provisional';
  if (mayBeOfEarlierAttempt) yield* lookUp(verificationId, given);
  else yield* explainFailures(verificationId, () => compareCase(listed.transition, given));
}

async function* lookUp(verificationId: string, given: Reconciliation): AsyncIterable<ReconciledCase> {
  const { verifications, source, signal, pace } = given;
  yield* explainFailures(verificationId, async () => {
    const known = await verifications.read(verificationId);
    if (known === null) return null;
    const answer = await lookUpAtPace(() => source.lookUp(known, signal), pace);
    return answer === null ? { kind: 'same', verificationId } : await compareCase(answer, given);
  });
}

/** Turns the failure of one case into its result, so that the others are compared. */
async function* explainFailures(
  verificationId: string,
  compare: () => Promise<ReconciledCase | null>,
): AsyncIterable<ReconciledCase> {
  try {
    const compared = await compare();
    if (compared !== null) yield compared;
  } catch (error) {
    if (!(error instanceof EvidenceError || error instanceof UnreadableRowError)) throw error;
    yield { kind: 'unclear', verificationId, why: error.message };
  }
}
