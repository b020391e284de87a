import { buildS3PathOfVerification, type ProviderAndVerificationId } from '../verifications/object-keys.ts';

/** The areas of the bucket that hold objects of cases, as `{area}/{provider}/{verification}/…`. */
export const caseAreas = ['evidence', 'findings', 'deliveries', 'unconfirmed', 'parked'] as const;

/** Returns the prefixes below which all objects of a case are. */
export function buildCasePrefixes(owner: ProviderAndVerificationId): string[] {
  return caseAreas.map((area) => `${area}/${buildS3PathOfVerification(owner)}/`);
}
