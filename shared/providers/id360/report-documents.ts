import type { IdentityDocument } from '../../contract/identity.ts';
import { parseDate } from '../../parsing/date.ts';
import { present } from '../../parsing/present.ts';
import { text } from '../../parsing/text.ts';
import { addressOf, personOf } from './person.ts';
import type { BankDetails, Extra, ProofOfAddress } from './report-sections.ts';
import type { IdentityWithDocument, Sections } from './sections.ts';

/** The papers that ID360 has read: identity documents, proofs of address, bank details. */
export function documentsOf(sections: Sections): IdentityDocument[] {
  return [
    ...identityDocuments(sections),
    ...sections.proofsOfAddress.flatMap(proofOfAddress),
    ...sections.bankDetails.flatMap(bankDetails),
  ];
}

/** Older reports have `identity.extra` alone; later ones repeat it under `extracted_data`. */
function identityDocuments({ identity, extractedIdentities }: Sections): IdentityDocument[] {
  const extracted = extractedIdentities.flatMap(identityDocument);
  if (extracted.length > 0) return extracted;
  return Object.keys(numbersOf(identity.extra)).length === 0 ? [] : identityDocument(identity);
}

function identityDocument(identity: IdentityWithDocument): IdentityDocument[] {
  const { extra } = identity;
  const content = present({
    ...numbersOf(extra),
    claims: present({ ...personOf(identity), address: addressOf(identity) }),
    provider_data: present({
      address: text(extra.address),
      mrz: [extra.mrz_line_1, extra.mrz_line_2, extra.mrz_line_3].flatMap((line) => text(line) ?? []),
    }),
  });
  return paper(documentType(extra), content);
}

function numbersOf(extra: Extra) {
  return present({
    document_number: text(extra.id_number),
    date_of_issuance: parseDate(extra.issuing_date, 'DD/MM/YYYY'),
    date_of_expiry: parseDate(extra.expiration_date, 'DD/MM/YYYY'),
    issuer: present({ name: text(extra.issuer) }),
  });
}

/**
 * The machine-readable zone begins with the kind of document (ICAO 9303; `D1` is the EU's
 * driving licence). Without one it is taken for an identity card, the document that ID360 asks for.
 */
function documentType({ mrz_line_1: mrz }: Extra): string {
  const kind = (text(mrz)?.trim() ?? '').slice(0, 2).toUpperCase();
  if (kind.startsWith('P')) return 'passport';
  if (kind === 'IR' || kind === 'AR') return 'residence_permit';
  return kind === 'D1' ? 'driving_permit' : 'idcard';
}

/** A bill, mostly; what kind of paper it is ID360 does not say. */
function proofOfAddress(proof: ProofOfAddress): IdentityDocument[] {
  return paper(
    'utility_statement',
    present({
      date_of_issuance: parseDate(proof.date, 'DD/MM/YYYY'),
      claims: present({ address: addressOf(proof) }),
      provider_data: present({ full_name: text(proof.full_name) }),
    }),
  );
}

/** A French RIB: the account's coordinates, without its movements. */
function bankDetails({ full_name, iban, bic }: BankDetails): IdentityDocument[] {
  const account = present({ full_name: text(full_name), iban: text(iban), bic: text(bic) });
  return paper('bank_statement', present({ provider_data: account }));
}

/** A paper that nothing could be read from is none. */
function paper(type: string, content: Omit<IdentityDocument, 'type'>): IdentityDocument[] {
  return Object.keys(content).length === 0 ? [] : [{ type, ...content }];
}
