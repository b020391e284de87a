import { describe, expect, test } from 'vitest';
import { type FixtureName, fixture, madeIdent, transitionOf } from './fixtures.ts';

const dataOf = (name: FixtureName) => transitionOf(fixture(name)).findings.provider_data;

describe('provider_data of an ident', () => {
  test('provider_data has the IDnow fields of an ident whose document chip was read by NFC', () => {
    expect(dataOf('success')).toEqual({
      id: 'TST-SFYGG',
      type: 'APP',
      filename: 'demosecurityfeatures__20190528_154257__061e65c8ad110.zip',
      href: '/api/v1/demosecurityfeatures/identifications/demosecurityfeatures__20190528_154257__061e65c8ad110.zip',
      wasnfcused: true,
      identlanguage: 'en',
      field_statuses: {
        birthday: { status: 'NEW' },
        firstname: { status: 'NEW' },
        lastname: { status: 'NEW' },
        title: { status: 'NEW' },
        birthplace: { status: 'NEW' },
        nationality: { status: 'NEW' },
        identlanguage: { status: 'MATCH' },
        address: { city: { status: 'NEW' }, street: { status: 'NEW' } },
      },
      attachments: {
        pdf: 'demosecurityfeatures_20190528.pdf',
        xml: 'demosecurityfeatures_20190528.xml',
        security4: 'demosecurityfeatures_20190528.jpg',
        idbackside: 'demosecurityfeatures_20190528_idbackside.jpg',
        idfrontside: 'demosecurityfeatures_2019052_idfrontside.jpg',
        security1: 'demosecurityfeatures_20190528_security1.jpg',
        userface: 'demosecurityfeatures_20190528_userface.jpg',
        security2: 'demosecurityfeatures_20190528_security2.jpg',
        security3: 'demosecurityfeatures_20190528_security3.jpg',
      },
    });
  });

  test('provider_data has the submitted data of documents that IDnow did not verify', () => {
    expect(dataOf('check-pending').submitted_documents).toEqual({
      identificationdocument: { firstname: 'ERIKA', lastname: 'MUSTERMAN' },
    });
    const address = { street: { status: 'ORIGINAL', value: 'HIGH STREET' } };
    const additionaldocuments = [{ documentname: 'UTILITY_BILL', address }];
    const { findings } = transitionOf({ ...madeIdent({}), additionaldocuments });
    expect(findings.provider_data.submitted_documents).toEqual({
      additionaldocuments: [{ documentname: 'UTILITY_BILL', address: { street_address: 'HIGH STREET' } }],
    });
  });

  test('provider_data of an ident has its signed contract and its bank transfer', () => {
    expect(dataOf('qes-bank-transfer')).toMatchObject({
      previousresult: 'REVIEW_PENDING',
      identchanges: true,
      reviewchanges: false,
      esigning: { result: 'SUCCESS' },
      banktransferpaymentinfo: {
        senderbankname: 'Testbank',
        senderiban: 'DE62888888880012345678',
        amount: '€0.01',
        paymentstatus: 'SUCCESS',
        senderholdername: 'MUSTERMANN, ERIKA',
        paymentid: 'xp_zJK5oLdTY9Qfzyv3',
      },
      attachments: {
        'contract-doc': 'QES-BankTransfer_Sample_Result_Contract_document_original.pdf',
        'signedcontract-doc': 'QES-BankTransfer_Sample_Result_Contract_document_signed.pdf',
      },
    });
    expect(Object.keys(dataOf('qes-bank-transfer'))).not.toContain('agentname');
    expect(Object.keys(dataOf('qes-bank-transfer'))).not.toContain('customdata');
  });

  test('provider_data of an ident has the result of its proof of address', () => {
    expect(dataOf('proof-of-address')).toMatchObject({ agentname: 'TROBOT', poaresult: 'SUCCESS' });
  });

  test('provider_data of an ident shows the fields that a reviewer changed', () => {
    expect(dataOf('review-changes').field_statuses).toEqual({
      birthday: { status: 'CHANGE', reviewstatus: 'CHANGE', identification: '1983-05-21' },
      title: { status: 'MATCH', reviewstatus: 'NEW' },
      nationality: { status: 'NEW', reviewstatus: 'MATCH' },
      firstname: { status: 'MATCH' },
      lastname: { status: 'MATCH' },
    });
  });

  test('provider_data of an ident has its custom data without blank values', () => {
    expect(dataOf('review-pending')).toMatchObject({
      customdata: { custom1: '287492_23552' },
      identchanges: true,
      reviewchanges: false,
    });
  });

  test('provider_data of an ident has its language even if the language was only submitted', () => {
    expect(dataOf('aborted').identlanguage).toBe('en');
  });

  test.each([
    ['true', true],
    ['TRUE', true],
    [true, true],
    ['false', false],
    [false, false],
    ['', undefined],
    ['perhaps', undefined],
    [null, undefined],
  ])('the IDnow field wasnfcused with the value %j is published as %s', (wasnfcused, expected) => {
    expect(transitionOf(madeIdent({ wasnfcused })).findings.provider_data.wasnfcused).toBe(expected);
  });
});

describe('the add-on checks', () => {
  const checksOf = (body: unknown) =>
    transitionOf(body).findings.checks.map(({ name, passed, providerResult }) => [
      name,
      passed,
      providerResult,
    ]);

  test('each additional check that IDnow made, such as a proof of address, is published under checks', () => {
    expect(checksOf(fixture('success'))).toEqual([]);
    expect(checksOf(fixture('proof-of-address'))).toEqual([['proof_of_address', true, 'SUCCESS']]);
    expect(checksOf(fixture('qes-bank-transfer'))).toEqual([
      ['esigning', true, 'SUCCESS'],
      ['bank_transfer', true, 'SUCCESS'],
    ]);
  });

  test.each([
    ['SUCCESS_DATA_CHANGED', true],
    ['CANCELED', false],
    ['WAITING', null],
  ])('an IDnow proof of address with the result %s becomes a check with passed = %s', (poaresult, passed) => {
    const { checks } = transitionOf(madeIdent({ poaresult })).findings;
    expect(checks).toEqual([
      { name: 'proof_of_address', passed, confidence: null, document: null, providerResult: poaresult },
    ]);
  });
});

describe('sections that cannot be read', () => {
  test.each([
    ['userdata', 'ERIKA', ['userdata']],
    ['userdata', [{ firstname: 'ERIKA' }], ['userdata']],
    [
      'userdata',
      { firstname: 'ERIKA', lastname: { value: ['X'] } },
      ['userdata.firstname', 'userdata.lastname'],
    ],
    ['userdata', { address: 'MUNICH' }, ['userdata.address']],
    ['contactdata', 5, ['contactdata']],
    ['contactdata', { email: {} }, ['contactdata.email']],
    ['customdata', 'x', ['customdata']],
    ['customdata', { custom1: ['x'] }, ['customdata.custom1']],
    ['identificationdocument', true, ['identificationdocument']],
    ['identificationdocument', { driverlicenses: 'B' }, ['identificationdocument.driverlicenses']],
    [
      'identificationdocument2',
      { driverlicenseclasses: [1] },
      ['identificationdocument2.driverlicenseclasses'],
    ],
    ['additionaldocuments', {}, ['additionaldocuments']],
    ['additionaldocuments', [1, 2], ['additionaldocuments']],
    ['attachments', ['a.pdf'], ['attachments']],
    ['esigning', 'SUCCESS', ['esigning']],
    ['banktransferpaymentinfo', 1, ['banktransferpaymentinfo']],
  ])(
    'if a section of an ident is unreadable, it is named, and the rest of the ident is read: %s = %j',
    (section, value, unreadable) => {
      const { outcome, findings } = transitionOf(madeIdent({ result: 'SUCCESS' }, { [section]: value }));
      expect(outcome).toBe('approved');
      expect(findings).toEqual({
        claims: {},
        extracted: {},
        submitted: {},
        documents: [],
        checks: [expect.objectContaining({ name: 'identity_read', passed: false })],
        provider_data: { unreadable_sections: unreadable },
      });
    },
  );

  test('if a section of an ident has unreadable fields, its readable fields are still published', () => {
    const { findings } = transitionOf(
      madeIdent(
        { result: 'SUCCESS', href: 5, filename: [] },
        {
          userdata: { firstname: 'ERIKA', lastname: { status: 'NEW', value: 'MUSTERMANN' } },
          additionaldocuments: ['x', { documentname: 'UTILITY_BILL' }],
        },
      ),
    );
    expect(findings).toMatchObject({
      claims: { family_name: 'MUSTERMANN' },
      documents: [{ type: 'utility_statement' }],
      provider_data: {
        href: '5',
        unreadable_sections: ['identificationprocess.filename', 'userdata.firstname', 'additionaldocuments'],
      },
    });
  });

  test.each([null, '', undefined])(
    'a section of an ident that is %j counts as empty, not as unreadable',
    (section) => {
      const sections = { userdata: section, identificationdocument: section, additionaldocuments: section };
      expect(transitionOf(madeIdent({}, sections)).findings.provider_data).toEqual({});
    },
  );
});
