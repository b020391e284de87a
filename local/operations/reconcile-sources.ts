import { setTimeout } from 'node:timers/promises';
import { createStackApiTools, createStackVerifications } from '../../shared/cases/case-stack.ts';
import type { ListedCase } from '../../shared/contract/listed-case.ts';
import { createS3EvidenceStore } from '../../shared/evidence/archive/evidence-store.ts';
import type { OperatedStack } from '../../shared/operations/operated-stack.ts';
import { clockAndIdGenerator } from '../../shared/platform/clients.ts';
import type { EnvironmentVariables } from '../../shared/platform/environment.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import type { ProviderApiDependencies } from '../../shared/provider-api/evidence-tools.ts';
import { datakeen } from '../../shared/providers/datakeen/provider.ts';
import { id360 } from '../../shared/providers/id360/provider.ts';
import { listIdnowIdents } from '../../shared/providers/idnow/list-idents.ts';
import { idnow } from '../../shared/providers/idnow/provider.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import type { Reconciliation } from '../../shared/reconciling/reconcile-cases.ts';
import { wrapStoreForLargeWrites } from '../../shared/verifications/limits/offloading-verification-store.ts';

type List = (
  environment: EnvironmentVariables,
  tools: ProviderApiDependencies,
  signal: AbortSignal,
) => AsyncIterable<ListedCase>;

/** The providers that can be reconciled. Only IDnow lists its cases. */
const providers: Readonly<Record<string, { readonly provider: Provider; readonly list: List | null }>> = {
  idnow: { provider: idnow, list: listIdnowIdents },
  id360: { provider: id360, list: null },
  datakeen: { provider: datakeen, list: null },
};
export const reconciledProviders = Object.keys(providers);

/** The time-out of all calls of a run together, in milliseconds: a run may look up thousands of cases. */
const timeoutMs = 3600_000;

/**
 * Connects to a provider's API with the settings and the secret of a stack.
 *
 * @param pauseFactor multiplies the pauses between lookups. It is 1, and smaller in tests
 * @throws ConfigurationError if the stack has no such provider
 */
export function connectToProvider(
  name: string,
  stack: OperatedStack,
  pauseFactor: number,
): Omit<Reconciliation, 'since' | 'apply'> {
  const found = Object.hasOwn(providers, name) ? providers[name] : undefined;
  const settings = stack.fetcherSettings[name];
  const perMinute = stack.lookupsPerMinute[name];
  if (found === undefined || settings === undefined || perMinute === undefined)
    throw new ConfigurationError(`the stack has no provider ${name}: use ${reconciledProviders.join(', ')}`);
  const { provider, list } = found;
  const secret = { [`${name.toUpperCase()}_API_SECRET_ID`]: `${stack.stackName}/${name}/api` };
  const environment = { ...settings, ...secret };
  const tools = createStackApiTools(stack);
  const signal = AbortSignal.timeout(timeoutMs);
  return {
    provider: name,
    source: provider.evidence(environment, tools),
    list: list && (() => list(environment, tools, signal)),
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
  };
}
