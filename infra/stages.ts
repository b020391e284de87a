import type { z } from 'zod';
import type { Stage } from './stage.ts';

/** The deployments of this system. Choose one with `-c stage=NAME`. */
export const stages: readonly z.input<typeof Stage>[] = [
  {
    name: 'test',
    live: false,
    idnow: { apiUrl: 'https://gateway.test.idnow.de', sourceIps: ['test'] },
  },
  {
    name: 'live',
    live: true,
    idnow: { apiUrl: 'https://gateway.idnow.de', sourceIps: ['live-de'] },
  },
];
