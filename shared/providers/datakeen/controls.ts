import type { Check } from '../../contract/identity.ts';
import type { Controls } from './read-controls.ts';
import type { DatakeenResult } from './read-result.ts';

/**
 * Returns all controls as checks, under Datakeen's names: first the controls of each document, then the controls across
 * documents.
 */
export function convertControlsToChecks({ documents, crossControls }: DatakeenResult): Check[] {
  return [
    ...documents.flatMap(({ controls }, index) => checksFrom(controls, index)),
    ...crossControls.flatMap((controls) => checksFrom(controls, null)),
  ];
}

function checksFrom(controls: Controls, document: number | null): Check[] {
  return [...controls].map(([name, { value, confidence }]) => ({
    name,
    passed: typeof value === 'boolean' ? value : null,
    confidence: confidence ?? null,
    document,
    providerResult: typeof value === 'string' ? value : null,
  }));
}
