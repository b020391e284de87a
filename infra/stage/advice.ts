import type { EdgeSettings } from './edge.ts';

interface CheckedStage {
  readonly live: boolean;
  readonly edge: EdgeSettings;
}

/** Returns advice for a stage that is valid, but lacks something that a live stage should have. */
export function adviseStage({ live, edge }: CheckedStage): string[] {
  if (!live || edge.domain !== undefined) return [];
  return [
    'Advice: set edge.domain of this live stage. Without a domain of your own, the loss of the API breaks the callback URLs of all open cases.',
  ];
}
