import { describe, expect, test } from 'vitest';
import type { Outcome } from '../../../shared/contract/state.ts';
import { EvidenceError } from '../../../shared/provider-api/evidence-error.ts';
import { makeDatakeenFindings } from '../../../shared/providers/datakeen/findings.ts';
import { readDatakeenResult } from '../../../shared/providers/datakeen/read-result.ts';
import { anotherCard, changed, type Document, lookupOf, partsOf, sample } from './fixtures.ts';

const findings = (answer: unknown, outcome: Outcome | null = 'approved') =>
  makeDatakeenFindings(readDatakeenResult(answer), outcome);

/** The path of the first document in Datakeen's answer. */
const cardPath = 'data.job_status.predictions[0].results.documents[0]';

/** Makes a copy of the sample's identity card with only these values, such as `{birthDate: '01.02.1990'}`. */
const cardWith = (values: Record<string, unknown>, rest: Partial<Document> = {}) =>
  anotherCard((card) => {
    Object.assign(card, rest);
    card.extractedInformation = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, { bbox: {}, confidence: 1, value }]),
    );
  });
const withDocuments = (...documents: Document[]) =>
  changed(({ results }) => void results.documents.splice(0, 2, ...documents));
const claimsOf = (values: Record<string, unknown>) => findings(withDocuments(cardWith(values))).claims;

const jean = {
  given_name: 'Jean',
  family_name: 'JEAN',
  gender: 'male',
  birthdate: '1984-07-11',
  place_of_birth: { locality: 'NEVERS', country_code: 'FR' },
  nationalities: ['FR'],
  address: { street_address: 'rue test' },
};

describe('the sample of a Datakeen result', () => {
  test('the person in the Datakeen sample is in the claims if the session is approved, and extracted otherwise', () => {
    expect(findings(sample())).toMatchObject({ claims: jean, extracted: {}, submitted: {} });
    expect(findings(sample(), 'declined')).toMatchObject({ claims: {}, extracted: jean, submitted: {} });
    expect(findings(sample(), null)).toMatchObject({ claims: {}, extracted: jean, submitted: {} });
  });

  test('the Datakeen sample gives two documents, and its identity card has printed and machine-readable values', () => {
    expect(findings(sample(), 'declined').documents).toEqual([
      {
        type: 'idcard',
        document_number: '000000000000',
        date_of_issuance: '2019-10-07',
        date_of_expiry: '2034-10-06',
        issuer: { country_code: 'FR' },
        claims: jean,
        provider_data: {
          cardType: 'national_id_card_fr_2003',
          cardSide: 'front-back',
          controls: { globalStatus: { score: 1 } },
          entities: ['b39076f8-c136-4a1f-ac71-c53684dae890'],
          pages: [
            { num: 0, type: 'national-id-card-fr-recto' },
            { num: 1, type: 'national-id-card-fr-verso' },
          ],
          extractedInformation: {
            address: { confidence: 0.8494784035838663 },
            birthCountry: { confidence: 0.9 },
            birthDate: { confidence: 0.8965237202750131 },
            birthDateMRZ: { confidence: 1, value: '11.07.1984' },
            birthDepartment: { confidence: 0.9, value: '58' },
            birthPlace: { confidence: 0.8697428888736098 },
            countryCode: { confidence: 0.9 },
            deliveryDate: { confidence: 0.8780886995840937 },
            expiryDate: { confidence: 0.9410978288185845 },
            expiryDateMRZ: { confidence: 1 },
            firstName: { confidence: 0.8395038864262432 },
            firstNameMRZ: { confidence: 1, value: 'Jean' },
            fullName: { confidence: 0, value: 'Jean Jean' },
            gender: { confidence: 0.8518331084707675 },
            genderMRZ: { confidence: 1 },
            idNumber: { confidence: 0.9566656017742048 },
            idNumberMRZ: { confidence: 1, value: '000000000000' },
            lastName: { confidence: 0.9243657590001533 },
            lastNameMRZ: { confidence: 1, value: 'JEAN' },
            mrz: { confidence: 0.9094363349968262, value: 'IDJEAN<<<<<<<<<<<<<<<<<<<<<21ASKD' },
            nationality: { confidence: 0.9 },
          },
        },
      },
      { type: 'other', provider_data: { pages: [{ num: 0 }] } },
    ]);
  });

  test('the Datakeen sample gives checks for the controls of its card and for the controls across documents', () => {
    const { checks } = findings(sample());
    expect(checks).toHaveLength(14);
    expect(checks.slice(0, 3)).toEqual([
      {
        name: 'dateValidity',
        passed: true,
        confidence: 0.9410978288185845,
        document: 0,
        providerResult: null,
      },
      {
        name: 'dateValidityDelivery',
        passed: true,
        confidence: 0.8780886995840937,
        document: 0,
        providerResult: null,
      },
      { name: 'globalStatus', passed: true, confidence: 1, document: 0, providerResult: null },
    ]);
    expect(checks.filter(({ passed }) => passed !== true)).toEqual([
      { name: 'rfSymbolIsPresent', passed: false, confidence: 0.8, document: 0, providerResult: null },
    ]);
    expect(checks.at(-1)).toEqual({
      name: 'matchNameInAllDocuments',
      passed: true,
      confidence: 1,
      document: null,
      providerResult: null,
    });
  });

  test('the Datakeen sample has its analysis id under the misspelled key analysid_id, and nothing unreadable', () => {
    const { provider_data } = findings(sample());
    expect(provider_data).toMatchObject({ analysisId: '662f60359c8e30012c2f026' });
    expect(provider_data).not.toHaveProperty('unreadable');
  });
});

describe('the analysis', () => {
  test.each([
    ['analysis_id', { analysis_id: 'a-1' }, 'a-1'],
    ['the key analysid_id if both keys have a value', { analysid_id: 'a-1', analysis_id: 'a-2' }, 'a-1'],
    ['the key analysis_id if analysid_id is empty', { analysid_id: '', analysis_id: 'a-2' }, 'a-2'],
    ['a number', { analysid_id: 7 }, '7'],
  ])('the analysis id of a Datakeen session is read from %s', (_what, ids, expected) => {
    const answer = changed((_parts, { data }) => {
      delete data.analysid_id;
      Object.assign(data, ids);
    });
    expect(findings(answer).provider_data).toMatchObject({ analysisId: expected });
  });
});

describe('the fields of a document', () => {
  test.each([
    ['birthDate', '11/07/1984'],
    ['deliveryDate', '31.02.2019'],
    ['expiryDate', 'illimitée'],
    ['nationality', 'FRANÇAISE'],
    ['birthCountry', 'ATLANTIS'],
    ['countryCode', 'Atlantis'],
    ['nationality', 'RKS'],
    ['gender', 'N/A'],
  ])(
    'if a Datakeen field cannot be converted, it is named as unreadable, and provider_data has its text: %s = %s',
    (name, value) => {
      const { documents, provider_data } = findings(
        withDocuments(cardWith({ lastName: 'X', [name]: value })),
      );
      const [document] = documents;
      expect(document?.provider_data).toMatchObject({
        extractedInformation: { [name]: { value, confidence: 1 } },
      });
      expect(provider_data.unreadable).toEqual([`${cardPath}.extractedInformation.${name}.value`]);
      expect(JSON.stringify(document?.claims)).toBe('{"family_name":"X"}');
    },
  );

  test('the extracted fields cardType and cardSide do not replace the type and side of a Datakeen document', () => {
    const [document] = findings(withDocuments(cardWith({ cardType: 'read', cardSide: 'read' }))).documents;
    expect(document?.provider_data).toMatchObject({
      cardType: 'national_id_card_fr_2003',
      cardSide: 'front-back',
      extractedInformation: {
        cardType: { value: 'read', confidence: 1 },
        cardSide: { value: 'read', confidence: 1 },
      },
    });
  });

  test.each([
    ['11.07.1984', '1984-07-11'],
    [' 11.07.1984 ', '1984-07-11'],
    ['11.07.1984 00:00:00', '1984-07-11'],
    ['11.07.1984 22:00:00', undefined],
    ['1984-07-11', '1984-07-11'],
    ['', undefined],
    [null, undefined],
    ['31.02.1984', undefined],
    ['11/07/1984', undefined],
    ['11.07.84', undefined],
    ['1984', undefined],
    ['00.00.0000', undefined],
  ])('the birth date %j on a Datakeen document is published as %s', (birthDate, birthdate) => {
    expect(claimsOf({ birthDate, lastName: 'X' })).toEqual({
      family_name: 'X',
      ...(birthdate === undefined ? {} : { birthdate }),
    });
  });

  test.each([
    ['M', 'male'],
    ['f', 'female'],
    ['X', 'x'],
    ['', undefined],
  ])('the gender %j on a Datakeen document is published as %s', (gender, expected) => {
    expect(claimsOf({ gender }).gender).toBe(expected);
  });

  test.each([
    ['FR', ['FR']],
    ['FRA', ['FR']],
    ['D', ['DE']],
    ['Française', undefined],
    ['', undefined],
  ])('the nationality %j on a Datakeen document is published as %j', (nationality, expected) => {
    expect(claimsOf({ nationality }).nationalities).toEqual(expected);
  });

  test('a Datakeen field may be a plain text or a number, without a position and a confidence', () => {
    const answer = withDocuments(
      anotherCard((card) => {
        card.extractedInformation = { firstName: 'Jean', idNumber: { value: 12345 }, lastName: null };
      }),
    );
    expect(findings(answer)).toMatchObject({
      claims: { given_name: 'Jean' },
      documents: [{ document_number: '12345' }],
    });
  });

  test('a plain text that cannot be converted stays in provider_data', () => {
    const answer = withDocuments(
      anotherCard((card) => {
        card.extractedInformation = { expiryDate: 'illimitée' };
      }),
    );
    const { documents, provider_data } = findings(answer);
    expect(documents[0]?.provider_data).toMatchObject({
      extractedInformation: { expiryDate: { value: 'illimitée' } },
    });
    expect(provider_data.unreadable).toEqual([`${cardPath}.extractedInformation.expiryDate`]);
  });

  test('a Datakeen field of an unexpected type gives no claim: it is named as unreadable, or in provider_data', () => {
    // Prepare
    const answer = withDocuments(
      anotherCard((card) => {
        card.extractedInformation = {
          firstName: { value: ['Jean'] },
          birthPlace: { value: false },
          lastName: { value: 'JEAN' },
          mrz: true,
        };
      }),
    );
    // Act
    const { claims, documents, provider_data } = findings(answer);
    // Assess
    expect(claims).toEqual({ family_name: 'JEAN' });
    expect(documents[0]?.provider_data).toMatchObject({
      extractedInformation: { firstName: { value: ['Jean'] }, mrz: true },
    });
    expect(provider_data.unreadable).toEqual([`${cardPath}.extractedInformation.birthPlace.value`]);
  });

  test('a Datakeen document is published without fields if all its fields are empty', () => {
    const empty = Object.fromEntries(
      Object.keys(partsOf(sample()).card.extractedInformation).map((key) => [key, '']),
    );
    const [document] = findings(withDocuments(cardWith(empty))).documents;
    expect(document).toEqual({ type: 'idcard', provider_data: expect.anything() });
    expect(document?.provider_data).toMatchObject({ cardType: 'national_id_card_fr_2003' });
  });
});

describe('the type of a document', () => {
  test.each([
    ['id-card', 'idcard', true],
    ['ID_CARD', 'idcard', true],
    ['passport', 'passport', true],
    ['residence permit', 'residence_permit', true],
    ['driving-license', 'driving_permit', true],
    ['Proof-of-Address', 'proof-of-address', false],
    ['other', 'other', false],
  ])(
    'the Datakeen document type %s is published as %s; the document can give claims: %s',
    (type, expected, identifies) => {
      const { documents, claims } = findings(withDocuments(cardWith({ lastName: 'JEAN' }, { type })));
      expect(documents[0]?.type).toBe(expected);
      expect(claims).toEqual(identifies ? { family_name: 'JEAN' } : {});
    },
  );

  test.each([null, '', undefined])(
    'a Datakeen document whose type is %j is published without a type',
    (type) => {
      expect(findings(withDocuments(cardWith({ lastName: 'JEAN' }, { type }))).documents).toEqual([
        { claims: { family_name: 'JEAN' }, provider_data: expect.anything() },
      ]);
    },
  );
});

describe('claims from several documents', () => {
  const card = cardWith({ firstName: 'Jean', lastName: 'JEAN' });
  const passport = cardWith({ firstName: 'Jean Paul', birthPlace: 'NEVERS' }, { type: 'passport' });

  test('each claim comes from the first identity document of the Datakeen session that contains this claim', () => {
    expect(findings(withDocuments(card, passport)).claims).toEqual({
      given_name: 'Jean',
      family_name: 'JEAN',
      place_of_birth: { locality: 'NEVERS' },
    });
  });

  test('a Datakeen document whose controls failed gives only claims that no other document gives', () => {
    const failed = { ...card, controls: { globalStatus: { value: false, confidence: 1 } } };
    expect(findings(withDocuments(failed, passport)).claims).toEqual({
      given_name: 'Jean Paul',
      family_name: 'JEAN',
      place_of_birth: { locality: 'NEVERS' },
    });
  });

  test.each([
    ['has no value', { value: null, confidence: 1 }],
    ['is missing', undefined],
  ])(
    'claims come first from a Datakeen document that passed, and then from a document whose globalStatus %s',
    (_what, globalStatus) => {
      const unsure = {
        ...card,
        controls: { mrzValidity: { value: true, confidence: 1 }, ...(globalStatus && { globalStatus }) },
      };
      expect(findings(withDocuments(unsure, passport)).claims.given_name).toBe('Jean Paul');
    },
  );

  test('a Datakeen document without controls gives no claims if another identity document has controls', () => {
    const { controls: _none, ...uncontrolled } = passport;
    expect(findings(withDocuments(uncontrolled, card)).claims).toEqual({
      given_name: 'Jean',
      family_name: 'JEAN',
    });
    expect(findings(withDocuments(uncontrolled)).claims).toMatchObject({ given_name: 'Jean Paul' });
  });

  test('documents of all Datakeen predictions form one list, and each check has the position of its document', () => {
    const answer = changed(({ prediction, results }, { data }) => {
      data.job_status.predictions.push({ ...prediction, results: { ...results, documents: [passport] } });
    });
    const { documents, checks } = findings(answer);
    expect(documents.map(({ type }) => type)).toEqual(['idcard', 'other', 'passport']);
    expect(checks.filter(({ name }) => name === 'globalStatus').map(({ document }) => document)).toEqual([
      0, 2,
    ]);
    expect(checks.filter(({ document }) => document === null)).toHaveLength(2);
  });
});

describe('controls', () => {
  const check = (control: unknown) => {
    const answer = changed(({ card }) => Object.assign(card, { controls: { mrzValidity: control } }));
    const { checks, provider_data } = findings(answer);
    const { passed, confidence, providerResult } = checks[0] ?? expect.unreachable('no check');
    return { passed, confidence, providerResult, unreadable: provider_data.unreadable };
  };
  const nothing = { passed: null, confidence: null, providerResult: null, unreadable: undefined };

  test.each<[unknown, Partial<ReturnType<typeof check>>]>([
    [
      { value: false, confidence: 0.25 },
      { passed: false, confidence: 0.25 },
    ],
    [{ value: true, confidence: null }, { passed: true }],
    [{ value: true }, { passed: true }],
    [{ value: true, confidence: 'high' }, { passed: true }],
    [{ value: true, confidence: 7 }, { passed: true }],
    [{ value: null, confidence: 0.5 }, { confidence: 0.5 }],
    [
      { value: 'toVerify', confidence: 0.5 },
      { confidence: 0.5, providerResult: 'toVerify' },
    ],
    [true, { unreadable: [`${cardPath}.controls.mrzValidity`] }],
    [{ value: [true] }, { unreadable: [`${cardPath}.controls.mrzValidity`] }],
  ])('the Datakeen control %j becomes the expected check', (control, expected) => {
    expect(check(control)).toEqual({ ...nothing, ...expected });
  });
});

const statuses = (status: unknown) => changed(({ prediction }) => Object.assign(prediction, { status }));

test('a confidence that is no number from 0 to 1 is not in the check, but in provider_data', () => {
  const answer = changed(({ card }) =>
    Object.assign(card, { controls: { mrzValidity: { value: true, confidence: 'high' } } }),
  );
  expect(findings(answer).documents[0]?.provider_data).toMatchObject({
    controls: { mrzValidity: { confidence: 'high' } },
  });
});

describe('a session that is not finished', () => {
  test.each<[string, unknown]>([
    ['an empty object', {}],
    ['null', null],
    ['a list', []],
    ['a text', 'Analysis in progress'],
    ['no data', { status: 200, data: null }],
    ['empty data', { status: 200, data: {} }],
    ['a prediction at 202', statuses(202)],
    ['a prediction at 102', statuses(102)],
    ['a prediction that is pending', statuses('pending')],
    ['a prediction in progress', statuses('In_Progress')],
    ['a job at 202', changed((_parts, { data }) => Object.assign(data.job_status, { status: 202 }))],
    ['data at 202', changed((_parts, { data }) => Object.assign(data, { status: 202 }))],
    ['the status 202', { ...sample(), status: 202 }],
    ['pending', { ...sample(), status: 'pending' }],
    [
      'one of two predictions',
      changed(({ prediction }, { data }) => {
        Object.assign(data.job_status, { predictions: [prediction, { status: 202 }] });
      }),
    ],
  ])('readDatakeenResult throws not_ready if the answer of Datakeen is or has: %s', (_what, answer) => {
    expect(() => readDatakeenResult(answer)).toThrow(EvidenceError);
    expect(() => readDatakeenResult(answer)).toThrow(expect.objectContaining({ kind: 'not_ready' }));
  });

  test.each([200, '200', 201, undefined, null, 'Success', 4711])(
    'readDatakeenResult reads a Datakeen session as finished if its prediction has the status %j',
    (status) => {
      expect(readDatakeenResult(statuses(status))).toMatchObject({ complete: true, unreadable: [] });
    },
  );
});

describe('a session that may be unfinished', () => {
  const withPredictions = (predictions: unknown) => ({ data: { job_status: { predictions } } });
  const beside = (other: unknown) =>
    changed(({ prediction }, { data }) => {
      Object.assign(data.job_status, { predictions: [prediction, other] });
    });

  test.each<[string, unknown]>([
    ['a result at an unknown place', { status: 200, session: { state: 'done' } }],
    ['data of another type', { status: 200, data: 'see below' }],
    ['no job', { data: { analysid_id: 'a', job_status: null } }],
    ['a job that is a text', { data: { job_status: 'pending' } }],
    ['no predictions', { data: { analysis_id: 'a', job_status: {} } }],
    ['no prediction yet', withPredictions([])],
    ['predictions of another type', withPredictions({})],
    ['a prediction without results', withPredictions([{ status: 200 }])],
    ['a prediction that is a text', withPredictions(['done'])],
    ['results of null', withPredictions([{ status: 200, results: null }])],
    ['empty results', withPredictions([{ results: {} }])],
    [
      'results with empty sections',
      withPredictions([{ status: 200, results: { documents: [], controls: {} } }]),
    ],
    ['results with null and empty text', withPredictions([{ results: { documents: null, controls: '' } }])],
    ['a prediction without results beside a good one', beside({})],
    ['empty results beside a good one', beside({ status: 200, results: {} })],
  ])(
    'a Datakeen session is incomplete, and its controls cannot approve it, if it has: %s',
    (_what, answer) => {
      expect(readDatakeenResult(answer)).toMatchObject({
        complete: false,
        unreadable: expect.arrayContaining(['data.job_status.predictions']),
      });
      expect(lookupOf(answer)?.outcome ?? null).not.toBe('approved');
      expect(
        lookupOf(answer)?.outcome ?? null,
        'an incomplete session does not revise an earlier decision',
      ).not.toBe('error');
    },
  );

  test.each<[string, unknown]>([
    ['documents', withPredictions([{ results: { documents: [{ type: 'other' }] } }])],
    ['controls', withPredictions([{ results: { controls: { matchNameInAllDocuments: { value: true } } } }])],
    ['documents that cannot be read', withPredictions([{ results: { documents: 'none' } }])],
  ])('a Datakeen session is complete even if its result has only %s', (_what, answer) => {
    expect(readDatakeenResult(answer).complete).toBe(true);
  });

  test.each<[string, unknown]>([
    ['a prediction that failed', statuses(500)],
    ['a prediction that failed, with a numeric text', statuses('500')],
    ['a prediction that failed, with the text failed', statuses('failed')],
    ['one of two predictions that failed', beside({ status: 404 })],
    ['a job that failed', changed((_parts, { data }) => Object.assign(data.job_status, { status: 500 }))],
  ])(
    'a Datakeen session with %s is complete but partly unreadable, and only a webhook status can approve it',
    (_what, answer) => {
      expect(readDatakeenResult(answer)).toMatchObject({
        complete: true,
        unreadable: ['data.job_status.predictions'],
      });
      expect(readDatakeenResult(answer).documents).toHaveLength(2);
      expect(lookupOf(answer)).toMatchObject({ outcome: 'error', origin: { effect: 'revise' } });
      expect(lookupOf(answer, 'user_rejected')?.outcome).toBe('declined');
      expect(lookupOf(answer, 'ai_approved')?.outcome).toBe('approved');
    },
  );

  test('a Datakeen session is complete if its only prediction failed and has no results', () => {
    const answer = withPredictions([{ status: 500, message: 'Error' }]);
    expect(readDatakeenResult(answer)).toMatchObject({ complete: true, documents: [] });
    expect(lookupOf(answer)).toMatchObject({ outcome: 'error', origin: { effect: 'revise' } });
  });
});
