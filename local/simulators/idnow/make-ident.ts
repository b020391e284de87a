import { createHash } from 'node:crypto';
import { attachmentNamesOf, zipFileBase } from './attachment-names.ts';
import type { Ident } from './ident.ts';
import { identField, identUserFields, newIdentFields } from './ident-fields.ts';
import type { IdentOptions } from './ident-options.ts';
import { identShapeOf } from './ident-states.ts';
import { idnowTime } from './idnow-time.ts';
import {
  additionalDocuments,
  bankTransfer,
  driverLicenses,
  esigningSection,
  secondDocument,
  unreadAddress,
} from './optional-sections.ts';
import { erika, type IdnowSpecimen } from './specimens.ts';

/**
 * Creates an ident as JSON, in one of its states and in the format of IDnow's samples. The same options always give the
 * same ident.
 *
 * @example
 * makeIdent({ state: 'SUCCESS', companyId: 'democompany', transactionNumber: 'txn-1', time: new Date() })
 */
export function makeIdent(options: IdentOptions): Ident {
  const { person = erika, readout = true } = options;
  const attachments = attachmentNamesOf(options);
  const document = documentSection(options, person);
  return {
    identificationprocess: processSection(options),
    ...(options.esigning && { esigning: esigningSection }),
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

/** Computes an IdentID from a transaction number. An IdentID consists of a prefix and five letters. */
export function identIdFor(transactionNumber: string): string {
  const digest = createHash('sha256').update(transactionNumber.toLowerCase()).digest();
  return `TST-${String.fromCharCode(...digest.subarray(0, 5).map((byte) => 65 + (byte % 26)))}`;
}

function processSection(options: IdentOptions): Ident['identificationprocess'] {
  const { state, companyId, transactionNumber, time, previousResult, proofOfAddress } = options;
  const shape = identShapeOf(state);
  const result = options.result === undefined ? shape.result : options.result;
  const reason = options.reason ?? shape.reason;
  const zip = `${zipFileBase(transactionNumber)}.zip`;
  return {
    ...(result !== null && { result }),
    ...(reason !== undefined && { reason }),
    companyid: companyId,
    ...(proofOfAddress && { poaresult: proofOfAddress }),
    ...(shape.namesZip && { filename: zip, agentname: 'TROBOT' }),
    identificationtime: shape.hasTime ? idnowTime(time) : null,
    id: options.identId ?? identIdFor(transactionNumber),
    ...(shape.namesZip && {
      href: `/api/v1/${companyId}/identifications/${encodeURIComponent(transactionNumber)}.zip`,
    }),
    type: 'APP',
    transactionnumber: transactionNumber,
    // IDnow sends the string 'true' in `wasnfcused`, not a boolean.
    ...(options.nfc && { wasnfcused: 'true' }),
    ...(previousResult && { previousresult: previousResult }),
    ...(options.reviewed && { identchanges: true, reviewchanges: true }),
  };
}

function customSection({ custom }: IdentOptions): Record<string, string | null> {
  return { custom1: null, custom2: null, custom3: null, custom4: null, custom5: null, ...custom };
}

function userSection(options: IdentOptions, person: IdnowSpecimen): Record<string, unknown> {
  const { values } = identShapeOf(options.state);
  const { birthday } = person.person;
  return {
    ...identUserFields(values, person),
    ...(options.birthname !== undefined && { birthname: identField('new', options.birthname) }),
    ...(options.title !== undefined && { title: identField('new', options.title) }),
    ...(options.proofOfAddress && { address: unreadAddress(person) }),
    ...(options.reviewed && {
      birthday: {
        ...identField('compare', birthday, person.submitted.birthday),
        reviewstatus: 'CHANGE',
        identification: '1964-08-21',
      },
    }),
  };
}

function documentSection(options: IdentOptions, person: IdnowSpecimen): Record<string, unknown> | undefined {
  const { document } = identShapeOf(options.state);
  if (document === 'absent') return undefined;
  if (document === 'empty') return {};
  const fields = newIdentFields(person.document);
  return options.driverLicenses
    ? { ...fields, type: identField('new', 'DRIVERS_LICENSE'), driverlicenses: driverLicenses }
    : fields;
}
