import { nullIfBlank } from '../../parsing/text.ts';
import type { IdnowField } from './ident-schemas.ts';

/** A function that returns the verified value of a field, or the value that the company had sent. */
export type IdnowFieldValueSelector = (field: IdnowField) => string | null;

const verifiedStatuses = new Set(['MATCH', 'CHANGE', 'NEW']);

/**
 * Returns the value that IDnow has verified.
 *
 * @returns null if IDnow has verified nothing: the field has no `value`, or its status is REDACTION (IDnow withholds
 * the value), ORIGINAL (the company had sent the value) or unknown. In the proof-of-address sample, fields with
 * ORIGINAL have a `value`
 */
export function verifiedFieldValue(field: IdnowField): string | null {
  const status = fieldStatus(field);
  return status === null || verifiedStatuses.has(status) ? nullIfBlank(field?.value) : null;
}

/**
 * Returns the value that the company had sent to IDnow.
 *
 * @returns null if IDnow does not return that value. If a field has the status MATCH and no `original`, its `value` is
 * not returned, because the value may come from IDnow's review. (In one sample, a title has the status MATCH and the
 * review status NEW.)
 */
export function submittedFieldValue(field: IdnowField): string | null {
  return (
    nullIfBlank(field?.original) ?? (fieldStatus(field) === 'ORIGINAL' ? nullIfBlank(field?.value) : null)
  );
}

function fieldStatus(field: IdnowField): string | null {
  return nullIfBlank(field?.status)?.trim().toUpperCase() ?? null;
}
