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
    idnow: { apiUrl: 'https://gateway.idnow.de', sourceIps: ['live-de'] },
    id360: { apiUrl: 'https://id360docaposte.com' },
    datakeen: { apiUrl: 'https://app.datakeen.co', newStatusFrom: { reference: 'back-office' } },
  },
];
