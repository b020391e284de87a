import { createHash } from 'node:crypto';
import { buildIdentFileBaseName, listIdentAttachmentNames } from './attachment-names.ts';
import type { SimulatedIdent } from './ident.ts';
import { makeIdentField, makeIdentFieldsMarkedNew, makeIdentUserFields } from './ident-fields.ts';
import type { IdentOptions } from './ident-options.ts';
import { getIdentContentInState } from './ident-states.ts';
import { formatIdnowTime } from './idnow-time.ts';
import {
  makeBankTransferSection,
  makeSecondIdentDocument,
  makeUserAddressWithProof,
  makeUtilityBillSection,
  sampleDriverLicenseClasses,
  sampleEsigningSection,
} from './optional-sections.ts';
import { type IdnowSamplePerson, samplePersonErika } from './specimens.ts';

/**
 * Creates an ident as JSON, in one of its states and in the format of IDnow's samples. The same options always give the
 * same ident.
 *
 * @example
 * makeIdent({ state: 'SUCCESS', companyId: 'democompany', transactionNumber: 'txn-1', time: new Date() })
 */
export function makeIdent(options: IdentOptions): SimulatedIdent {
  const { person = samplePersonErika, readout = true } = options;
  const attachments = listIdentAttachmentNames(options);
  const document = documentSection(options, person);
  return {
    identificationprocess: processSection(options),
    ...(options.esigning && { esigning: sampleEsigningSection }),
    customdata: customSection(options),
    contactdata: { mobilephone: '+491700009000', email: 'hello@democompany.example' },
    userdata: userSection(options, person),
    ...(readout && document && { identificationdocument: document }),
    ...(options.secondDocument && { identificationdocument2: makeSecondIdentDocument(person) }),
    ...(readout && attachments && { attachments }),
    ...(options.proofOfAddress && { additionaldocuments: makeUtilityBillSection(person) }),
    ...(options.bankTransfer && { banktransferpaymentinfo: makeBankTransferSection(person) }),
  };
}

/** Computes an IdentID from a transaction number. An IdentID consists of a prefix and five letters. */
export function computeIdnowIdentId(transactionNumber: string): string {
  const digest = createHash('sha256').update(transactionNumber.toLowerCase()).digest();
  return `TST-${String.fromCharCode(...digest.subarray(0, 5).map((byte) => 65 + (byte % 26)))}`;
}

function processSection(options: IdentOptions): SimulatedIdent['identificationprocess'] {
  const { state, companyId, transactionNumber, time, previousResult, proofOfAddress } = options;
  const shape = getIdentContentInState(state);
  const result = options.result === undefined ? shape.result : options.result;
  const reason = options.reason ?? shape.reason;
  const zip = `${buildIdentFileBaseName(transactionNumber)}.zip`;
  return {
    ...(result !== null && { result }),
    ...(reason !== undefined && { reason }),
    companyid: companyId,
    ...(proofOfAddress && { poaresult: proofOfAddress }),
    ...(shape.namesZip && { filename: zip, agentname: 'TROBOT' }),
    identificationtime: shape.hasTime ? formatIdnowTime(time) : null,
    id: options.identId ?? computeIdnowIdentId(transactionNumber),
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

function userSection(options: IdentOptions, person: IdnowSamplePerson): Record<string, unknown> {
  const { values } = getIdentContentInState(options.state);
  const { birthday } = person.person;
  return {
    ...makeIdentUserFields(values, person),
    ...(options.birthname !== undefined && { birthname: makeIdentField('new', options.birthname) }),
    ...(options.title !== undefined && { title: makeIdentField('new', options.title) }),
    ...(options.proofOfAddress && { address: makeUserAddressWithProof(person) }),
    ...(options.reviewed && {
      birthday: {
        ...makeIdentField('compare', birthday, person.submitted.birthday),
        reviewstatus: 'CHANGE',
        identification: '1964-08-21',
      },
    }),
  };
}

function documentSection(
  options: IdentOptions,
  person: IdnowSamplePerson,
): Record<string, unknown> | undefined {
  const { document } = getIdentContentInState(options.state);
  if (document === 'absent') return undefined;
  if (document === 'empty') return {};
  const fields = makeIdentFieldsMarkedNew(person.document);
  return options.driverLicenses
    ? {
        ...fields,
        type: makeIdentField('new', 'DRIVERS_LICENSE'),
        driverlicenses: sampleDriverLicenseClasses,
      }
    : fields;
}
