import { describe, expect, test } from 'vitest';
import { emptyFindings } from '../../../shared/contract/identity.ts';
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
        identificationdocument: {
          type: { status: 'NEW' },
          number: { status: 'NEW' },
          country: { status: 'NEW' },
          issuedby: { status: 'NEW' },
          dateissued: { status: 'NEW' },
          validuntil: { status: 'NEW' },
        },
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
      additionaldocuments: [
        { documentname: 'UTILITY_BILL', address: { street_address: 'HIGH STREET', street: 'HIGH STREET' } },
      ],
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

describe('values of an unexpected form', () => {
  const givenField = (value: unknown, status = 'NEW') => ({ status, value });

  test.each([
    ['userdata.birthday.value', { userdata: { birthday: givenField('02.01.1990') } }],
    ['userdata.birthday.original', { userdata: { birthday: { status: 'ORIGINAL', original: '1990' } } }],
    ['userdata.nationality.value', { userdata: { nationality: givenField('XXA') } }],
    ['userdata.address.country.value', { userdata: { address: { country: givenField('XX') } } }],
    ['userdata.firstname.value', { userdata: { firstname: givenField(true) } }],
    ['userdata.firstname.status', { userdata: { firstname: { status: true } } }],
    ['contactdata.email', { contactdata: { email: false } }],
    [
      'identificationdocument.validuntil.value',
      { identificationdocument: { validuntil: givenField('UNLIMITED') } },
    ],
    [
      'identificationdocument.dateissued.value',
      { identificationdocument: { dateissued: givenField('2018') } },
    ],
    ['identificationdocument2.dateissued', { identificationdocument2: { dateissued: '2018' } }],
    [
      'identificationdocument2.driverlicenseclasses[1]',
      { identificationdocument2: { driverlicenseclasses: ['', true] } },
    ],
    [
      'additionaldocuments[0].address.country.value',
      { additionaldocuments: [{ address: { country: givenField('XX') } }] },
    ],
  ])('an unreadable leaf of an ident is named as unreadable: %s', (path, sections) => {
    const { outcome, findings } = transitionOf(madeIdent({ result: 'SUCCESS' }, sections));
    expect(outcome).toBe('approved');
    expect(findings.provider_data.unreadable).toEqual([path]);
    expect(findings).toMatchObject({ claims: {}, submitted: {}, documents: [] });
  });

  test('an unreadable leaf of an IDnow field changes nothing but itself', () => {
    const userdata = {
      firstname: { status: 'CHANGE', value: 'ERIKA', original: ['ERICA'], reviewstatus: true },
    };
    const { claims, provider_data } = transitionOf(madeIdent({ result: 'SUCCESS' }, { userdata })).findings;
    expect(claims).toEqual({ given_name: 'ERIKA' });
    expect(provider_data).toEqual({
      field_statuses: { firstname: { status: 'CHANGE' } },
      userdata: { firstname: { original: ['ERICA'] } },
      unreadable: ['userdata.firstname.reviewstatus'],
    });
  });

  test.each([
    { userdata: 'ERIKA' },
    { userdata: { firstname: 'ERIKA' } },
    { userdata: { address: 'MUNICH', hobby: 'chess', lastname: { confidence: 0.9 } } },
    { contactdata: 5 },
    { contactdata: { email: { status: 'NEW', value: 'hello@example.org' } } },
    { customdata: { custom1: ['x'], custom6: 6 } },
    { identificationdocument: { driverlicenses: 'B', birthplace: { status: 'NEW', value: 'BERLIN' } } },
    { identificationdocument2: { driverlicenseclasses: [{ category: 'B' }] } },
    { additionaldocuments: [1, { pages: 2 }] },
    { attachments: ['a.pdf'] },
    { esigning: 'SUCCESS' },
    { banktransferpaymentinfo: 1 },
    { videochat: { agents: [{ language: 'de' }] } },
    { identificationprocess: { retries: 2, filename: ['a.zip'] } },
  ])(
    'unknown fields and sections of an ident are in provider_data under their IDnow names: %j',
    (sections) => {
      const { identificationprocess, ...others } = { identificationprocess: {}, ...sections };
      const ident = madeIdent({ result: 'CHECK_PENDING', ...identificationprocess }, others);
      expect(transitionOf(ident).findings).toEqual({ ...emptyFindings, provider_data: sections });
    },
  );

  test('an unknown section of an ident does not replace a known field with the same name', () => {
    const ident = madeIdent(
      { id: 'TST-1' },
      { id: 'x', unreadable: [1], sections_with_same_name: 'y', other: 'z' },
    );
    expect(transitionOf(ident).findings.provider_data).toEqual({
      id: 'TST-1',
      other: 'z',
      sections_with_same_name: { id: 'x', unreadable: [1], sections_with_same_name: 'y' },
    });
  });

  test('a section of an ident that is an empty value says nothing', () => {
    for (const section of [null, '', undefined, {}, []]) {
      const sections = { userdata: section, identificationdocument: section, additionaldocuments: section };
      expect(transitionOf(madeIdent({}, sections)).findings.provider_data).toEqual({});
    }
  });
});
