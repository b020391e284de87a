import type { IdentityDocument } from '../../contract/identity.ts';
import { countryCode } from '../../parsing/country-code.ts';
import { parseDate } from '../../parsing/date.ts';
import { present } from '../../parsing/present.ts';
import { text } from '../../parsing/text.ts';
import { addressOf } from './address.ts';
import { documentType } from './document-types.ts';
import { driverLicenses } from './driver-licenses.ts';
import { verified } from './field.ts';
import type { Ident } from './ident.ts';
import type { ReadDocument } from './read-document.ts';
import type { AdditionalDocument } from './sections.ts';

/** The documents that IDnow has seen, the additional ones last. A section that says nothing is none. */
export function documentsOf(ident: Ident): IdentityDocument[] {
  return [
    ...[ident.document, ident.secondDocument].map(identityDocument),
    ...ident.additionalDocuments.map(additionalDocument),
  ].filter((document) => Object.keys(document).length > 0);
}

function identityDocument(document: ReadDocument): IdentityDocument {
  const { fields } = document;
  return present({
    type: documentType(verified(fields.type)),
    document_number: verified(fields.number),
    date_of_issuance: parseDate(verified(fields.dateissued)),
    date_of_expiry: parseDate(verified(fields.validuntil)),
    issuer: present({
      name: verified(fields.issuedby),
      country_code: countryCode(verified(fields.country)),
    }),
    claims: present({
      given_name: verified(fields.firstname),
      family_name: verified(fields.lastname),
      birthdate: parseDate(verified(fields.birthday)),
    }),
    provider_data: driverLicenses(document),
  });
}

/** A second paper beside the identity document, such as the bill that proves an address. */
function additionalDocument({ documentname, address }: AdditionalDocument): IdentityDocument {
  return present({
    type: documentType(text(documentname)),
    claims: present({ address: addressOf(address, verified) }),
  });
}
