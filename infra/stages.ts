import type { StageInput } from './stage.ts';

/** The stages of this system. Choose a stage with `-c stage=NAME`. Omit the providers that you do not use. */
export const stages: readonly StageInput[] = [
  {
    name: 'test',
    live: false,
    idnow: { apiUrl: 'https://gateway.test.idnow.de', sourceIps: ['test'] },
    id360: { apiUrl: 'https://preprod.id360docaposte.com' },
    datakeen: { apiUrl: 'https://staging.datakeen.co', newStatusFrom: { reference: 'back-office' } },
  },
  {
    name: 'live',
    live: true,
    // AWS's example account. Set your own: the CDK refuses to deploy to any other account than this one.
    account: '111122223333',
    region: 'eu-central-1',
    edge: { cloudWatchRole: 'exists' },
    idnow: { apiUrl: 'https://gateway.idnow.de', sourceIps: ['live-de'] },
    id360: { apiUrl: 'https://id360docaposte.com' },
    datakeen: { apiUrl: 'https://app.datakeen.co', newStatusFrom: { reference: 'back-office' } },
  },
];
