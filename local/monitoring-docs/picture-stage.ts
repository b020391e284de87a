import type { StageInput } from '../../infra/stage.ts';

/** The stage whose dashboard and alarms the documentation shows: all providers, and all optional alarms. */
export const pictureStage: StageInput = {
  name: 'live',
  live: true,
  account: '111122223333',
  region: 'eu-central-1',
  edge: { cloudWatchRole: 'exists' },
  idnow: { apiUrl: 'https://gateway.idnow.de', sourceIps: ['live-de'] },
  id360: { apiUrl: 'https://id360docaposte.com' },
  datakeen: { apiUrl: 'https://app.datakeen.co', newStatusFrom: { reference: 'back-office' } },
  monitoring: { email: 'oncall@example.com', silentAfterHours: { idnow: 12 }, canary: true },
};
