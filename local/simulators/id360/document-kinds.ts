interface ReportDocumentKind {
  /** The key under which the report's `documents` lists the document. */
  section: string;
  name: string;
  pages: number;
}

const onePage = (section: string, name = `${section}_image`): ReportDocumentKind => ({
  section,
  name,
  pages: 1,
});

/** The documents that a report contains for each kind of document. The order is that of ID360's developer guide. */
const documentKinds = {
  identity: [{ section: 'identity', name: 'id_document_image', pages: 2 }],
  identity_pvid: [onePage('other', 'ar24_in_front'), onePage('other', 'ar24_in_back')],
  identity_mie: [onePage('identity', 'idd')],
  bank_details: [onePage('bank_details')],
  income_tax: [onePage('income_tax', 'income_tax_notice_image')],
  kbis: [onePage('kbis')],
  pay_slip: [onePage('pay_slip')],
  property_tax: [onePage('property_tax', 'property_tax_notice_image')],
  selfie: [onePage('selfie', 'selfie_image_upload'), onePage('selfie')],
  health_insurance_card: [onePage('health_insurance_card')],
  social_security_card: [onePage('social_security_card')],
  proof_of_address: [onePage('proof_of_address')],
  car_registration: [onePage('car_registration')],
  liveness: [onePage('liveness', 'liveness_video$0'), onePage('liveness', 'liveness_video$1')],
} as const satisfies Record<string, readonly ReportDocumentKind[]>;

export type Id360DocumentKind = keyof typeof documentKinds;

export const allId360DocumentKinds = Object.keys(documentKinds).filter(
  (name): name is Id360DocumentKind => name in documentKinds,
);

/** Returns the documents that a report contains for one kind of document: section, name and number of pages. */
export function listId360DocumentsOfKind(kind: Id360DocumentKind): readonly ReportDocumentKind[] {
  return documentKinds[kind];
}
