/**
 * Reads ID360's status of an uploaded proof of address.
 *
 * @returns null if the status says neither that the document passed nor that it failed
 */
export function parseProofStatus(status: string): boolean | null {
  const known = status.toUpperCase();
  if (known === 'OK') return true;
  return known === 'KO' ? false : null;
}

/** True if every status of a proof of address is OK, and also if the report has no status of a proof. */
export const areProofsAccepted = (statuses: readonly string[]): boolean =>
  statuses.every((status) => parseProofStatus(status) === true);
