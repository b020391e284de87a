import { nonBlank } from '../../parsing/text.ts';
import type { Field } from './ident-schemas.ts';

/** Selects a value of a field: the verified value, or the value that the company had sent. */
export type PickValue = (field: Field) => string | null;

const verifiedStatuses = new Set(['MATCH', 'CHANGE', 'NEW']);

/**
 * Returns the value that IDnow has verified.
 *
 * @returns null if nothing was verified: the field has no `value`, its status is unknown, REDACTION (the value is
 * withheld), or ORIGINAL (the company had sent the value; the proof-of-address sample has such values under `value`)
 */
export function verifiedValue(field: Field): string | null {
  const status = fieldStatus(field);
  return status === null || verifiedStatuses.has(status) ? nonBlank(field?.value) : null;
}

/**
 * Returns the value that the company had sent.
 *
 * @returns null if IDnow does not return it. The `value` of a MATCH without `original` does not count, because it may
 * come from the review (sample: a title with status MATCH and review status NEW).
 */
export function submittedValue(field: Field): string | null {
  return nonBlank(field?.original) ?? (fieldStatus(field) === 'ORIGINAL' ? nonBlank(field?.value) : null);
}

function fieldStatus(field: Field): string | null {
  return nonBlank(field?.status)?.trim().toUpperCase() ?? null;
}
