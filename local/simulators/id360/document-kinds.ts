interface KindOfDocument {
  /** The key in the report's `documents`. */
  section: string;
  name: string;
  pages: number;
}

const one = (section: string, name = `${section}_image`): KindOfDocument => ({ section, name, pages: 1 });

/** What each kind puts into a report: the developer guide's table, line by line. */
const documentKinds = {
  identity: [{ section: 'identity', name: 'id_document_image', pages: 2 }],
  identity_pvid: [one('other', 'ar24_in_front'), one('other', 'ar24_in_back')],
  identity_mie: [one('identity', 'idd')],
  bank_details: [one('bank_details')],
  income_tax: [one('income_tax', 'income_tax_notice_image')],
  kbis: [one('kbis')],
  pay_slip: [one('pay_slip')],
  property_tax: [one('property_tax', 'property_tax_notice_image')],
  selfie: [one('selfie', 'selfie_image_upload'), one('selfie')],
  health_insurance_card: [one('health_insurance_card')],
  social_security_card: [one('social_security_card')],
  proof_of_address: [one('proof_of_address')],
  car_registration: [one('car_registration')],
  liveness: [one('liveness', 'liveness_video$0'), one('liveness', 'liveness_video$1')],
} as const satisfies Record<string, readonly KindOfDocument[]>;

export type DocumentKind = keyof typeof documentKinds;

export const allDocumentKinds = Object.keys(documentKinds).filter(
  (name): name is DocumentKind => name in documentKinds,
);

/** The kind's documents, without the literal types above. */
export function documentsOf(kind: DocumentKind): readonly KindOfDocument[] {
  return documentKinds[kind];
}
