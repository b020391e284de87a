import type { IdentityDocument } from '../../contract/identity.ts';
import { addressOf } from './address.ts';
import { documentType } from './document-types.ts';
import { driverLicenses } from './driver-licenses.ts';
import { text, verified } from './field.ts';
import type { Ident } from './ident.ts';
import { present } from './present.ts';
import type { AdditionalDocument, Document } from './sections.ts';
import { countryCode, isoDate } from './values.ts';

/** The documents that IDnow has seen, the additional ones last. A section that says nothing is none. */
export function documentsOf(ident: Ident): IdentityDocument[] {
  return [
    ...[ident.document, ident.secondDocument].map(identityDocument),
    ...ident.additionalDocuments.map(additionalDocument),
  ].filter((document) => Object.keys(document).length > 0);
}

function identityDocument(document: Document): IdentityDocument {
  return present({
    type: documentType(verified(document.type)),
    document_number: verified(document.number),
    date_of_issuance: isoDate(verified(document.dateissued)),
    date_of_expiry: isoDate(verified(document.validuntil)),
    issuer: present({
      name: verified(document.issuedby),
      country_code: countryCode(verified(document.country)),
    }),
    claims: present({
      given_name: verified(document.firstname),
      family_name: verified(document.lastname),
      birthdate: isoDate(verified(document.birthday)),
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
