import { text } from '../../parsing/text.ts';
import type { Field } from './sections.ts';

/** Which of a field's values to take: the verified one, or the one that the company had sent. */
export type Pick = (field: Field) => string | null;

const verifiedStatuses = new Set(['MATCH', 'CHANGE', 'NEW']);

/**
 * The value that IDnow has verified. A value marked ORIGINAL is what the company had sent, under whichever
 * key it stands (the proof-of-address sample has it under `value`); REDACTION withholds it; what another
 * status would mean we do not know. Without `value` nothing was verified, whatever the status.
 */
export function verified(field: Field): string | null {
  const status = statusOf(field);
  return status === null || verifiedStatuses.has(status) ? text(field?.value) : null;
}

/**
 * The value that the company had sent, where IDnow gives it back. A MATCH without `original` is not one: its
 * value may come from the review (sample: a title with status MATCH, review status NEW).
 */
export function submitted(field: Field): string | null {
  return text(field?.original) ?? (statusOf(field) === 'ORIGINAL' ? text(field?.value) : null);
}

function statusOf(field: Field): string | null {
  return text(field?.status)?.trim().toUpperCase() ?? null;
}
