import type { StageInput } from '../../infra/stage.ts';
import { liveStage, testStage } from './synthesized.ts';

const { id360, datakeen, ...onlyIdnow } = testStage;

/** The stages whose templates are checked. Together they have every resource that a setting can add. */
export const checkedStages: readonly { readonly title: string; readonly stage: StageInput }[] = [
  { title: 'a live stage with all providers', stage: liveStage },
  { title: 'a test stage with one provider', stage: onlyIdnow },
  {
    title: 'a live stage with a compliance lock, a network, a domain and a firewall',
    stage: {
      ...liveStage,
      edge: {
        cloudWatchRole: 'create',
        domain: {
          name: 'webhooks.example.com',
          certificateArn:
            'arn:aws:acm:eu-central-1:111122223333:certificate/8f14e45f-ceea-467f-9a5b-0d9d8a1c9b1e',
        },
        webAcl: { requestsPerFiveMinutes: 1000 },
      },
      evidenceProtection: { objectLock: 'compliance' },
      network: { interfaceEndpoints: true },
    },
  },
];
