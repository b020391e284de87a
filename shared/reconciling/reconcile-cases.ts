import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { CaseLookup } from '../contract/evidence-adapter.ts';
import type { ProviderName } from '../contract/provider-name.ts';
import type { Reading } from '../contract/reading.ts';
import type { Hint, Statement, Transition } from '../contract/transition.ts';
import { formatInstant } from '../parsing/instant.ts';
import { EvidenceError } from '../provider-api/evidence-error.ts';
import { findOpenCases } from '../verifications/open-case-index.ts';
import { recordTransition } from '../verifications/record-transition.ts';
import type { VerificationStore } from '../verifications/verification-store.ts';
import { type Difference, findDifference } from './find-difference.ts';

export interface Reconciliation {
  readonly provider: ProviderName;
  readonly source: CaseLookup;
  /** Lists the cases at the provider; null if the provider has no list. */
  readonly list: (() => AsyncIterable<Reading>) | null;
  readonly dynamodb: DynamoDBClient;
  readonly verificationsTable: string;
  readonly verifications: VerificationStore;
  /** Only cases with a change since this time are compared. Cases without a time are always compared. */
  readonly since: Date;
  /** False for a dry run, which writes nothing. */
  readonly apply: boolean;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly signal: AbortSignal;
}

/** The result of one case. */
export type ReconciledCase =
  | { readonly kind: 'same'; readonly verificationId: string }
  /** `sequence` is the event's sequence; null in a dry run, or if another writer was faster. */
  | { readonly kind: 'different'; readonly difference: Difference; readonly sequence: number | null }
  /** The provider listed a case that we do not understand, or could not be asked about a case. */
  | { readonly kind: 'unclear'; readonly verificationId: string | null; readonly why: string };

/** The maximum number of open cases that one run looks up. */
const maxOpenCases = 100_000;

/**
 * Compares the cases at a provider with our table, and applies what differs through the same decision and the same write as
 * a webhook. It takes the cases that the provider lists, so it also finds cases that we never heard of. Then it looks up
 * the other open cases, one after the other.
 *
 * @throws EvidenceError if the provider's list cannot be fetched
 */
export async function* reconcileCases(given: Reconciliation): AsyncIterable<ReconciledCase> {
  const listed = new Set<string>();
  for await (const reading of given.list?.() ?? []) {
    if (reading.kind === 'unknown') {
      yield { kind: 'unclear', verificationId: reading.verificationId, why: reading.reason };
      continue;
    }
    const { verificationId, occurredAt } = reading.transition;
    listed.add(verificationId);
    if (occurredAt !== null && new Date(occurredAt) < given.since) continue;
    yield await compare(reading.transition, given);
  }
  const { dynamodb, verificationsTable: table, provider } = given;
  const open = await findOpenCases({ dynamodb, table, provider, dueAt: null, limit: maxOpenCases });
  for (const verificationId of open) {
    if (!listed.has(verificationId)) yield* lookUp(verificationId, given);
  }
}

async function* lookUp(verificationId: string, given: Reconciliation): AsyncIterable<ReconciledCase> {
  const { verifications, source, since, signal } = given;
  const known = await verifications.read(verificationId);
  if (known === null || new Date(known.receivedAt) < since) return;
  try {
    const answer = await source.lookUp(known, signal);
    yield answer === null ? { kind: 'same', verificationId } : await compare(answer, given);
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    yield { kind: 'unclear', verificationId, why: error.message };
  }
}

async function compare(
  transition: Transition<Hint | Statement>,
  { verifications, apply, now, newId }: Reconciliation,
): Promise<ReconciledCase> {
  const { verificationId } = transition;
  const incoming = { transition, receivedAt: formatInstant(now()), writeId: newId(), delivery: null };
  const difference = findDifference(await verifications.read(verificationId), incoming);
  if (difference === null) return { kind: 'same', verificationId };
  if (!apply) return { kind: 'different', difference, sequence: null };
  const recorded = await recordTransition(verifications, incoming);
  return {
    kind: 'different',
    difference,
    sequence: recorded.kind === 'accepted' ? recorded.sequence : null,
  };
}
