import { setTimeout } from 'node:timers/promises';
import { createStackVerifications } from '../../cases/case-stack.ts';
import type { ProviderName } from '../../contract/provider-name.ts';
import { createS3EvidenceStore } from '../../evidence/archive/evidence-store.ts';
import { clockAndIdGenerator } from '../../platform/clients.ts';
import { listIdnowIdents } from '../../providers/idnow/list-idents.ts';
import type { ReconciledCase } from '../../reconciling/compare-case.ts';
import { reconcileCases } from '../../reconciling/reconcile-cases.ts';
import { wrapStoreForLargeWrites } from '../../verifications/limits/offloading-verification-store.ts';
import type { OperatedStack } from '../stack/operated-stack.ts';
import { connectToProviderApi } from '../stack/provider-evidence.ts';

/** The time-out of all calls of a run together, in milliseconds: a run may look up thousands of cases. */
const timeoutMs = 3600_000;

/** A comparison of the cases at a provider with those of the stack. */
export interface Reconcile {
  readonly provider: ProviderName;
  /** Idents with an identification time since then are compared; open cases are compared, whatever their age. */
  readonly since: Date;
  /** False for a dry run, which writes nothing. */
  readonly apply: boolean;
  /** Multiplies the pauses between lookups. It is 1, and smaller in tests. */
  readonly pauseFactor: number;
  /** Stops the comparison. Default: never. */
  readonly signal?: AbortSignal;
}

/**
 * Compares the cases at a provider with those of a stack, and applies what differs, as a webhook would. Only IDnow lists its
 * cases, so only there it finds cases that the stack never heard of.
 *
 * @throws ConfigurationError if the stack has no such provider
 */
export function reconcileProvider(
  stack: OperatedStack,
  { provider, since, apply, pauseFactor, signal: stop }: Reconcile,
): AsyncIterable<ReconciledCase> {
  const { evidence, environment, tools } = connectToProviderApi(stack, provider);
  const perMinute = stack.lookupsPerMinute[provider] ?? 1;
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = stop === undefined ? timeout : AbortSignal.any([stop, timeout]);
  return reconcileCases({
    provider,
    source: evidence,
    list: provider === 'idnow' ? () => listIdnowIdents(environment, tools, signal) : null,
    dynamodb: stack.aws.dynamodb,
    verificationsTable: stack.verificationsTable,
    verifications: wrapStoreForLargeWrites(
      createStackVerifications(stack),
      createS3EvidenceStore(stack.aws.s3, stack.evidenceBucket),
    ),
    now: clockAndIdGenerator.now,
    newId: clockAndIdGenerator.newId,
    pace: {
      pauseMs: (60_000 / perMinute) * pauseFactor,
      wait: (ms) => setTimeout(ms, undefined, { signal }),
    },
    signal,
    since,
    apply,
  });
}
