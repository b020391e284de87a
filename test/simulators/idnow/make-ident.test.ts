import { describe, expect, test } from 'vitest';
import { isIdent } from '../../../local/simulators/idnow/ident.ts';
import { type IdentState, identContentByState } from '../../../local/simulators/idnow/ident-states.ts';
import { formatIdnowTime } from '../../../local/simulators/idnow/idnow-time.ts';
import { computeIdnowIdentId } from '../../../local/simulators/idnow/make-ident.ts';
import { samplePersonOlivia } from '../../../local/simulators/idnow/specimens.ts';
import { demoIdent } from '../support/idnow.ts';

const TIME = '2026-11-22T12:14:58+02:00';

interface Expected {
  state: IdentState;
  process: Record<string, unknown>;
  lastname: unknown;
  document: 'absent' | 'empty' | 'read';
  attachments: number;
}

const submitted = { status: 'ORIGINAL', original: 'MUSTERMAN' };
const changed = { status: 'CHANGE', value: 'MUSTERMANN', original: 'MUSTERMAN' };
const fresh = { status: 'NEW', value: 'MUSTERMANN' };
const fraud = 'WARNING_FAKED_MANIPULATED_ID';

/** The expected content of an ident in each state, from IDnow's samples. */
const table: Expected[] = [
  {
    state: 'START',
    process: { result: 'STARTED', identificationtime: null },
    lastname: submitted,
    document: 'absent',
    attachments: 0,
  },
  {
    state: 'CHECK_PENDING',
    process: { result: 'CHECK_PENDING', identificationtime: TIME },
    lastname: submitted,
    document: 'read',
    attachments: 10,
  },
  {
    state: 'REVIEW_PENDING',
    process: { result: 'REVIEW_PENDING', identificationtime: TIME },
    lastname: changed,
    document: 'read',
    attachments: 10,
  },
  {
    state: 'FRAUD_SUSPICION_PENDING',
    process: { result: 'FRAUD_SUSPICION_PENDING', reason: fraud, identificationtime: TIME },
    lastname: fresh,
    document: 'read',
    attachments: 10,
  },
  {
    state: 'SUCCESS',
    process: { result: 'SUCCESS', identificationtime: TIME },
    lastname: { status: 'MATCH', value: 'MUSTERMANN' },
    document: 'read',
    attachments: 10,
  },
  {
    state: 'SUCCESS_DATA_CHANGED',
    process: { result: 'SUCCESS_DATA_CHANGED', identificationtime: TIME },
    lastname: changed,
    document: 'read',
    attachments: 10,
  },
  {
    state: 'FRAUD_SUSPICION_CONFIRMED',
    process: { result: 'FRAUD_SUSPICION_CONFIRMED', reason: fraud, identificationtime: TIME },
    lastname: fresh,
    document: 'read',
    attachments: 10,
  },
  {
    state: 'ABORTED',
    process: { result: 'ABORTED', reason: 'USER_CANCELLATION_IDENTIFY_LATER', identificationtime: null },
    lastname: submitted,
    document: 'empty',
    attachments: 3,
  },
  {
    state: 'CANCELED',
    process: { result: 'CANCELED', reason: 'ID_EXPIRED', identificationtime: TIME },
    lastname: submitted,
    document: 'read',
    attachments: 10,
  },
  {
    state: 'FAILED',
    process: { result: 'FAILED', reason: 'OTHER_ERROR', identificationtime: TIME },
    lastname: submitted,
    document: 'absent',
    attachments: 0,
  },
];

test('the table in this test has the expected content of an IDnow ident in every state', () => {
  expect(table.map(({ state }) => state).sort()).toEqual(Object.keys(identContentByState).sort());
});

test.each(table)(
  "makeIdent for the state $state returns the content of IDnow's sample",
  ({ state, process, lastname, document, attachments }) => {
    const ident = demoIdent({ state });

    expect(isIdent(ident)).toBe(true);
    expect(ident.identificationprocess).toMatchObject({
      ...process,
      companyid: 'democompany',
      transactionnumber: 'Txn-1',
      id: computeIdnowIdentId('Txn-1'),
      type: 'APP',
    });
    expect('reason' in ident.identificationprocess).toBe('reason' in process);
    expect(ident.userdata?.lastname).toEqual(lastname);
    expect(Object.keys(ident.attachments ?? {})).toHaveLength(attachments);
    const { identificationdocument: read } = ident;
    if (document === 'absent') expect(read).toBeUndefined();
    if (document === 'empty') expect(read).toEqual({});
    if (document === 'read') expect(read?.number).toEqual({ status: 'NEW', value: 'P01X00T47' });
  },
);

test.each(table.filter(({ lastname }) => lastname === submitted))(
  'makeIdent for the state $state returns no verified value',
  ({ state }) => {
    expect(JSON.stringify(demoIdent({ state }).userdata)).not.toContain('"value"');
  },
);

test('makeIdent gives a value the status MATCH if it equals the submitted value', () => {
  const { userdata } = demoIdent({ state: 'SUCCESS_DATA_CHANGED' });
  expect(userdata).toMatchObject({ firstname: { status: 'MATCH' }, address: { city: { status: 'MATCH' } } });
});

test('makeIdent writes a safe file name and URL of the ZIP for any transaction number', () => {
  const { identificationprocess } = demoIdent({ transactionNumber: 'a/b' });
  expect(identificationprocess).toMatchObject({
    filename: 'a_b.zip',
    href: '/api/v1/democompany/identifications/a%2Fb.zip',
  });
});

describe('makeIdent options', () => {
  test('makeIdent can omit or replace the result in the state START', () => {
    expect(demoIdent({ state: 'START', result: null }).identificationprocess).not.toHaveProperty('result');
    expect(demoIdent({ state: 'START', result: 'start' }).identificationprocess.result).toBe('start');
  });

  test('makeIdent with readout: false omits the document and the attachments', () => {
    const ident = demoIdent({ state: 'CHECK_PENDING', readout: false });
    expect(ident).not.toHaveProperty('identificationdocument');
    expect(ident).not.toHaveProperty('attachments');
  });

  test.each([
    {
      options: { reason: 'ID_BLURRY', state: 'CANCELED' },
      shows: { identificationprocess: { reason: 'ID_BLURRY' } },
    },
    {
      options: { previousResult: 'REVIEW_PENDING' },
      shows: { identificationprocess: { previousresult: 'REVIEW_PENDING' } },
    },
    { options: { identId: 'TS2-LKRHL' }, shows: { identificationprocess: { id: 'TS2-LKRHL' } } },
    { options: { nfc: true }, shows: { identificationprocess: { wasnfcused: 'true' } } },
    {
      options: { reviewed: true, state: 'SUCCESS_DATA_CHANGED' },
      shows: {
        identificationprocess: { reviewchanges: true },
        userdata: {
          birthday: {
            status: 'CHANGE',
            reviewstatus: 'CHANGE',
            value: '1964-08-12',
            original: '1987-05-23',
            identification: '1964-08-21',
          },
        },
      },
    },
    {
      options: { birthname: 'GABLER' },
      shows: { userdata: { birthname: { status: 'NEW', value: 'GABLER' } } },
    },
    { options: { title: 'DR.' }, shows: { userdata: { title: { status: 'NEW', value: 'DR.' } } } },
    {
      options: { driverLicenses: true },
      shows: {
        identificationdocument: {
          type: { status: 'NEW', value: 'DRIVERS_LICENSE' },
          driverlicenses: [
            { licenseClass: 'A1', validFromReadout: 'EMPTY', validFrom: null },
            { licenseClass: 'B', validFromReadout: 'REFERENCE_GERMAN', validFrom: null },
            { licenseClass: 'M', validFromReadout: 'DATE', validFrom: '2010-06-15' },
          ],
        },
      },
    },
    {
      options: { secondDocument: true },
      shows: { identificationdocument2: { type: 'DRIVERS_LICENSE', firstname: 'ERIKA' } },
    },
    {
      options: { proofOfAddress: 'SUCCESS' },
      shows: {
        identificationprocess: { poaresult: 'SUCCESS' },
        userdata: { address: { street: { status: 'ORIGINAL', value: 'HIGH STREET' } } },
        additionaldocuments: [
          { documentname: 'UTILITY_BILL', address: { street: { status: 'MATCH', value: 'HIGH STREET' } } },
        ],
        attachments: { utilitybill: 'Txn-1_utilitybill.jpg' },
      },
    },
    {
      options: { esigning: true },
      shows: {
        esigning: { result: 'SUCCESS' },
        attachments: { 'signedcontract-doc': 'Txn-1_Contract_document_signed.pdf' },
      },
    },
    { options: { bankTransfer: true }, shows: { banktransferpaymentinfo: { paymentstatus: 'SUCCESS' } } },
    { options: { custom: { custom2: 'mine' } }, shows: { customdata: { custom1: null, custom2: 'mine' } } },
    { options: { person: samplePersonOlivia }, shows: { userdata: { firstname: { value: 'OLIVIA' } } } },
  ] as const)('makeIdent applies the options $options', ({ options, shows }) => {
    expect(demoIdent(options)).toMatchObject(shows);
    expect(demoIdent()).not.toMatchObject(shows);
  });
});

test('makeIdent returns equal idents for equal options', () => {
  expect(demoIdent({ esigning: true })).toEqual(demoIdent({ esigning: true }));
});

test('identIdFor returns the same IdentID for a transaction number in upper and lower case', () => {
  expect(computeIdnowIdentId('txn-1')).toMatch(/^TST-[A-Z]{5}$/);
  expect(computeIdnowIdentId('TXN-1')).toBe(computeIdnowIdentId('txn-1'));
  expect(computeIdnowIdentId('txn-2')).not.toBe(computeIdnowIdentId('txn-1'));
});

test.each([
  { at: '2023-08-27T08:57:31Z', written: '2023-08-27T10:57:31+02:00' },
  { at: '2026-12-31T23:30:00.999Z', written: '2027-01-01T01:30:00+02:00' },
])('formatIdnowTime formats $at as $written', ({ at, written }) => {
  expect(formatIdnowTime(new Date(at))).toBe(written);
});
