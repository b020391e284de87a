import type { StageInput } from '../../infra/stage.ts';
import { liveStage, testStage } from './synthesized.ts';

const { id360, datakeen, ...onlyIdnow } = testStage;

/** The stages whose templates are checked. Together they have every resource that a setting can add. */
export const checkedStages: readonly { readonly title: string; readonly stage: StageInput }[] = [
  { title: 'a live stage with all providers', stage: liveStage },
  { title: 'a test stage with one provider', stage: onlyIdnow },
  {
    title: 'a live stage with a compliance lock and a network',
    stage: {
      ...liveStage,
      evidenceProtection: { objectLock: 'compliance' },
      network: { interfaceEndpoints: true },
    },
  },
];
