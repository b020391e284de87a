import * as z from 'zod';
import type { ProviderInStage } from '../../infra/stage.ts';
import type { OperatedStack } from '../../shared/operations/stack/operated-stack.ts';
import { DatakeenAuthorizationScheme } from '../../shared/providers/datakeen/settings.ts';
import { IdnowApiSettings } from '../../shared/providers/idnow/gateways.ts';

type ProviderSettings = Pick<
  OperatedStack,
  | 'apiUrls'
  | 'idnowGateways'
  | 'authorizationScheme'
  | 'receiverSettings'
  | 'fetcherSettings'
  | 'lookupsPerMinute'
  | 'secretDescriptions'
>;

/** Returns what operators need of the providers of a stage: the settings of their functions and of their APIs. */
export function describeProviders(providers: readonly ProviderInStage[]): ProviderSettings {
  const of = <Value>(pick: (deployment: ProviderInStage['deployment']) => Value) =>
    Object.fromEntries(providers.map(({ name, deployment }) => [name, pick(deployment)]));
  const fetcherSettings = of(({ fetcher }) => fetcher);
  const { idnow, datakeen } = fetcherSettings;
  return {
    receiverSettings: of(({ receiver }) => receiver),
    fetcherSettings,
    lookupsPerMinute: of(({ lookupsPerMinute }) => lookupsPerMinute),
    secretDescriptions: Object.fromEntries(
      providers.map(({ name, stage }) => [name, { webhook: stage.webhookSecret, api: stage.apiSecret }]),
    ),
    apiUrls: Object.fromEntries(
      Object.entries(fetcherSettings).map(([name, variables]) => [
        name,
        z.string().parse(variables[`${name.toUpperCase()}_API_URL`]),
      ]),
    ),
    idnowGateways: IdnowApiSettings.IDNOW_GATEWAYS.parse(idnow?.IDNOW_GATEWAYS),
    authorizationScheme: DatakeenAuthorizationScheme.safeParse(datakeen?.DATAKEEN_AUTHORIZATION_SCHEME).data,
  };
}
