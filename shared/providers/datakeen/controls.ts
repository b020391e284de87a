import type { Check } from '../../contract/identity.ts';
import type { Reason } from '../../contract/state.ts';
import { mapReason, type ReasonMeaning } from '../../parsing/reasons.ts';
import { controlMeanings } from './control-meanings.ts';
import type { Controls } from './read-controls.ts';
import type { ReadResult } from './read-result.ts';

const meanings: ReadonlyMap<string, ReasonMeaning> = new Map(
  Object.entries(controlMeanings).map(([name, meaning]) => [name.toUpperCase(), meaning]),
);

/** Every control under Datakeen's name, document by document, then those across documents. */
export function checksOf({ documents, crossControls }: ReadResult): Check[] {
  return [
    ...documents.flatMap(({ controls }, index) => checks(controls, index)),
    ...crossControls.flatMap((controls) => checks(controls, null)),
  ];
}

/** One for each control that failed, whichever document it is about. */
export function reasonsOf(result: ReadResult): Reason[] {
  const failed = checksOf(result).filter(({ passed }) => passed === false);
  const names = [...new Set(failed.map(({ name }) => name))];
  return names.map((name) => mapReason(meanings, name));
}

function checks(controls: Controls, document: number | null): Check[] {
  return [...controls].map(([name, { value, confidence }]) => ({
    name,
    passed: typeof value === 'boolean' ? value : null,
    confidence: confidence ?? null,
    document,
    providerResult: typeof value === 'string' ? value : null,
  }));
}
