/**
 * Datakeen's kinds of identity documents, and their identifiers in OpenID Connect for Identity Assurance
 * (https://openid.net/wg/ekyc-ida/identifiers/). Datakeen's sample has `id-card` and `other`. Its pages name the other
 * kinds in prose, so their spelling here is an assumption.
 */
const identityDocuments: ReadonlyMap<string, string> = new Map([
  ['id-card', 'idcard'],
  ['national-id-card', 'idcard'],
  ['passport', 'passport'],
  ['residence-permit', 'residence_permit'],
  ['driving-license', 'driving_permit'],
  ['driver-license', 'driving_permit'],
]);

const normalize = (type: string) => type.trim().toLowerCase().replaceAll(/[_ ]/g, '-');

/** Returns OpenID's identifier of a document type. An unknown type is returned in lower case. */
export function mapDatakeenDocumentType(type: string | null): string | null {
  if (type === null) return null;
  return identityDocuments.get(normalize(type)) ?? type.trim().toLowerCase();
}

/** Checks whether a document of this type identifies a person. */
export function isIdentityDocument(type: string | null): boolean {
  return type !== null && identityDocuments.has(normalize(type));
}
