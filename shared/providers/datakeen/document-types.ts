/**
 * Datakeen's kinds of documents in the identifiers of OpenID Connect for Identity Assurance
 * (https://openid.net/wg/ekyc-ida/identifiers/). The sample has `id-card` and `other`; the others are the kinds that
 * its pages name, in the spelling that follows.
 */
const identityDocuments: ReadonlyMap<string, string> = new Map([
  ['id-card', 'idcard'],
  ['national-id-card', 'idcard'],
  ['passport', 'passport'],
  ['residence-permit', 'residence_permit'],
  ['driving-license', 'driving_permit'],
  ['driver-license', 'driving_permit'],
]);

const spelled = (word: string) => word.trim().toLowerCase().replaceAll(/[_ ]/g, '-');

/** A kind that is not known keeps Datakeen's word, in lower case. */
export function documentType(word: string | null): string | null {
  if (word === null) return null;
  return identityDocuments.get(spelled(word)) ?? word.trim().toLowerCase();
}

/** Whether such a document says who somebody is. */
export function isIdentityDocument(word: string | null): boolean {
  return word !== null && identityDocuments.has(spelled(word));
}
