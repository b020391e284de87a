import { createHash } from 'node:crypto';
import { attachmentNames, fileBase } from './attachment-names.ts';
import type { Ident } from './ident.ts';
import { field, newFields, userFields } from './ident-fields.ts';
import type { IdentOptions } from './ident-options.ts';
import { shapeOf } from './ident-states.ts';
import {
  additionalDocuments,
  bankTransfer,
  driverLicenses,
  esigning,
  secondDocument,
  unreadAddress,
} from './optional-sections.ts';
import { providerTime } from './provider-time.ts';
import { erika, type Specimen } from './specimens.ts';

/**
 * The JSON of an ident in one of its states, in the shape of the provider's samples. The same options
 * always make the same ident.
 *
 * @example
 * makeIdent({ state: 'SUCCESS', companyId: 'democompany', transactionNumber: 'txn-1', time: new Date() })
 */
export function makeIdent(options: IdentOptions): Ident {
  const { person = erika, readout = true } = options;
  const attachments = attachmentNames(options);
  const document = documentSection(options, person);
  return {
    identificationprocess: processSection(options),
    ...(options.esigning && { esigning }),
    customdata: customSection(options),
    contactdata: { mobilephone: '+491700009000', email: 'hello@democompany.example' },
    userdata: userSection(options, person),
    ...(readout && document && { identificationdocument: document }),
    ...(options.secondDocument && { identificationdocument2: secondDocument(person) }),
    ...(readout && attachments && { attachments }),
    ...(options.proofOfAddress && { additionaldocuments: additionalDocuments(person) }),
    ...(options.bankTransfer && { banktransferpaymentinfo: bankTransfer(person) }),
  };
}

/** IdentIDs are a prefix and five letters; this one follows from the transaction number. */
export function identIdFor(transactionNumber: string): string {
  const digest = createHash('sha256').update(transactionNumber.toLowerCase()).digest();
  return `TST-${String.fromCharCode(...digest.subarray(0, 5).map((byte) => 65 + (byte % 26)))}`;
}

function processSection(options: IdentOptions): Ident['identificationprocess'] {
  const { state, companyId, transactionNumber, time, previousResult, proofOfAddress } = options;
  const shape = shapeOf(state);
  const result = options.result === undefined ? shape.result : options.result;
  const reason = options.reason ?? shape.reason;
  const zip = `${fileBase(transactionNumber)}.zip`;
  return {
    ...(result !== null && { result }),
    ...(reason !== undefined && { reason }),
    companyid: companyId,
    ...(proofOfAddress && { poaresult: proofOfAddress }),
    ...(shape.named && { filename: zip, agentname: 'TROBOT' }),
    identificationtime: shape.timed ? providerTime(time) : null,
    id: options.identId ?? identIdFor(transactionNumber),
    ...(shape.named && {
      href: `/api/v1/${companyId}/identifications/${encodeURIComponent(transactionNumber)}.zip`,
    }),
    type: 'APP',
    transactionnumber: transactionNumber,
    // A string, not a boolean.
    ...(options.nfc && { wasnfcused: 'true' }),
    ...(previousResult && { previousresult: previousResult }),
    ...(options.reviewed && { identchanges: true, reviewchanges: true }),
  };
}

function customSection({ custom }: IdentOptions): Record<string, string | null> {
  return { custom1: null, custom2: null, custom3: null, custom4: null, custom5: null, ...custom };
}

function userSection(options: IdentOptions, person: Specimen): Record<string, unknown> {
  const { values } = shapeOf(options.state);
  const { birthday } = person.person;
  return {
    ...userFields(values, person),
    ...(options.birthname !== undefined && { birthname: field('new', options.birthname) }),
    ...(options.title !== undefined && { title: field('new', options.title) }),
    ...(options.proofOfAddress && { address: unreadAddress(person) }),
    ...(options.reviewed && {
      birthday: {
        ...field('compare', birthday, person.submitted.birthday),
        reviewstatus: 'CHANGE',
        identification: '1964-08-21',
      },
    }),
  };
}

function documentSection(options: IdentOptions, person: Specimen): Record<string, unknown> | undefined {
  const { document } = shapeOf(options.state);
  if (document === 'absent') return undefined;
  if (document === 'empty') return {};
  const fields = newFields(person.document);
  return options.driverLicenses
    ? { ...fields, type: field('new', 'DRIVERS_LICENSE'), driverlicenses: driverLicenses }
    : fields;
}
