import type { Address, IdentityDocument } from '../../contract/identity.ts';
import { omitEmptyFields } from '../../parsing/omit-empty.ts';
import { makeId360AddressClaim, makeId360IdentityClaims } from './person.ts';
import type { Id360DocumentData, Id360Identity } from './read-identity.ts';
import type { Id360ReportSections } from './read-sections.ts';
import { documentKeys } from './section-keys.ts';
import { parseId360Date } from './values.ts';

type Identities = Pick<Id360ReportSections, 'identity' | 'extractedIdentities'>;

/**
 * Returns the identity documents of a report. Later reports list them in `extracted_data`, and repeat the data of one of
 * them in `identity.extra`. Older reports contain the document only there.
 *
 * @param statesAddress true if the address in `identity` is the one on the identity document
 */
export function listId360IdentityDocuments(
  { identity, extractedIdentities }: Identities,
  statesAddress: boolean,
): IdentityDocument[] {
  const { extra } = identity;
  const hasExtra = Object.keys(extra).length > 0;
  const repeated = extractedIdentities.findIndex((extracted) => agree(extracted.extra, extra));
  const documents = extractedIdentities.flatMap((extracted, index) =>
    makeDocument(
      index === repeated ? { ...extracted, extra: { ...extra, ...extracted.extra } } : extracted,
      makeId360AddressClaim(extracted),
    ),
  );
  if (repeated !== -1 || !hasExtra) return documents;
  // Only if no document was extracted, `identity` says what the document states about its holder.
  const further = documents.length === 0 ? identity : { first_names: null, extra };
  return [...documents, ...makeDocument(further, statesAddress ? makeId360AddressClaim(further) : {})];
}

/** Checks whether two records can be about one document: no value of one contradicts the other. */
function agree(one: Id360DocumentData, other: Id360DocumentData): boolean {
  return documentKeys.every((key) => {
    const [a, b] = [one[key], other[key]];
    return (
      a === undefined || b === undefined || a === b || (parseId360Date(a) ?? a) === (parseId360Date(b) ?? b)
    );
  });
}

function makeDocument(identity: Id360Identity, address: Address): IdentityDocument[] {
  const { extra } = identity;
  const content = omitEmptyFields({
    document_number: extra.id_number,
    date_of_issuance: parseId360Date(extra.issuing_date),
    date_of_expiry: parseId360Date(extra.expiration_date),
    issuer: omitEmptyFields({ name: extra.issuer }),
    claims: omitEmptyFields({
      ...makeId360IdentityClaims(identity),
      address,
    }),
    provider_data: omitEmptyFields({
      address: extra.address,
      mrz: [extra.mrz_line_1, extra.mrz_line_2, extra.mrz_line_3].filter((line) => line !== undefined),
    }),
  });
  return Object.keys(content).length === 0 ? [] : [{ type: documentType(extra), ...content }];
}

/**
 * Returns the type of an identity document. The machine-readable zone begins with the type (ICAO 9303; `D1` is the EU's
 * driving license). A document without this zone counts as an identity card, because ID360 requests identity cards.
 */
function documentType({ mrz_line_1: mrz = '' }: Id360DocumentData): string {
  const kind = mrz.slice(0, 2).toUpperCase();
  if (kind.startsWith('P')) return 'passport';
  if (kind === 'IR' || kind === 'AR') return 'residence_permit';
  return kind === 'D1' ? 'driving_permit' : 'idcard';
}
