import type { Check } from '../../contract/identity.ts';
import type { Reason } from '../../contract/state.ts';
import { mapReasonCode, type ReasonMeaning } from '../../parsing/reasons.ts';
import { reasonByFailedControl } from './control-meanings.ts';
import type { Controls } from './read-controls.ts';
import type { DatakeenResult } from './read-result.ts';

const meanings: ReadonlyMap<string, ReasonMeaning> = new Map(
  Object.entries(reasonByFailedControl).map(([name, meaning]) => [name.toUpperCase(), meaning]),
);

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

/**
 * Returns one reason for each failed control of the result. A control that failed for several documents still gives one
 * reason.
 */
export function listFailedControlReasons(result: DatakeenResult): Reason[] {
  const failed = convertControlsToChecks(result).filter(({ passed }) => passed === false);
  const names = [...new Set(failed.map(({ name }) => name))];
  return names.map((name) => mapReasonCode(meanings, name));
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
