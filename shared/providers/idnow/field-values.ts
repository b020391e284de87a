import { nonBlank } from '../../parsing/text.ts';
import type { Field } from './ident-schemas.ts';

/** A function that returns the verified value of a field, or the value that the company had sent. */
export type PickValue = (field: Field) => string | null;

const verifiedStatuses = new Set(['MATCH', 'CHANGE', 'NEW']);

/**
 * Returns the value that IDnow has verified.
 *
 * @returns null if IDnow has verified nothing: the field has no `value`, or its status is REDACTION (IDnow withholds
 * the value), ORIGINAL (the company had sent the value) or unknown. In the proof-of-address sample, fields with
 * ORIGINAL have a `value`
 */
export function verifiedValue(field: Field): string | null {
  const status = fieldStatus(field);
  return status === null || verifiedStatuses.has(status) ? nonBlank(field?.value) : null;
}

/**
 * Returns the value that the company had sent to IDnow.
 *
 * @returns null if IDnow does not return that value. If a field has the status MATCH and no `original`, its `value` is
 * not returned, because the value may come from IDnow's review. (In one sample, a title has the status MATCH and the
 * review status NEW.)
 */
export function submittedValue(field: Field): string | null {
  return nonBlank(field?.original) ?? (fieldStatus(field) === 'ORIGINAL' ? nonBlank(field?.value) : null);
}

function fieldStatus(field: Field): string | null {
  return nonBlank(field?.status)?.trim().toUpperCase() ?? null;
}
