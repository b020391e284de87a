import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { makeSession } from '../../../local/simulators/datakeen/make-session.ts';
import type { SessionOptions } from '../../../local/simulators/datakeen/session-options.ts';
import { isSessionState } from '../../../local/simulators/datakeen/session-state.ts';
import { documentIn, failedIn, predictionsIn } from './result-view.ts';

/** The provider's sample, with the quotation mark that it lacks. */
const sample: unknown = JSON.parse(
  await readFile(new URL('../../fixtures/datakeen/session-v1.json', import.meta.url), 'utf8'),
);

const sessionId = '662f5f9c9c18e30012c2f021';

function make(options: Partial<SessionOptions> = {}) {
  return makeSession({ sessionId, ...options });
}

/** Every key in its order, with the kind of what is there: an empty text, a null and an empty object count. */
function shapeOf(value: unknown, path = ''): string[] {
  if (value === null) return [`${path} null`];
  if (typeof value !== 'object') return [`${path} ${value === '' ? 'empty' : typeof value}`];
  const parts = Object.entries(value).flatMap(([key, part]) => shapeOf(part, `${path}/${key}`));
  return parts.length > 0 ? parts : [`${path} ${JSON.stringify(value)}`];
}

/** The outcome of every control, and every text and number that is not a person's, a place's or a model's. */
function constantsOf(value: unknown, path = ''): string[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, part]) => constantsOf(part, `${path}/${key}`));
  }
  return /\/(status|message|value|cardSide|cardType|type|num|page_num|score)$/.test(path) &&
    !/\/extractedInformation\/\w+\/value$/.test(path)
    ? [`${path} ${value}`]
    : [];
}

describe("the provider's sample", () => {
  test('has the same keys at each level, in the same order, with the same kinds of values', () => {
    expect(shapeOf(make().result)).toEqual(shapeOf(sample));
    expect(shapeOf(sample)).toContain('/data/analysid_id string');
  });

  test('has the same statuses, outcomes and types', () => {
    expect(constantsOf(make().result)).toEqual(constantsOf(sample));
  });

  test('has dates as these', () => {
    const { extractedInformation } = documentIn(make(), 'id-card');
    for (const name of ['birthDate', 'birthDateMRZ', 'deliveryDate', 'expiryDate']) {
      expect(extractedInformation[name]?.value).toMatch(/^\d\d\.\d\d\.\d{4}$/);
    }
  });

  test('shares no value of a person with ours', () => {
    const valuesOf = (state: unknown) =>
      Object.values(documentIn(state, 'id-card').extractedInformation).map(({ value }) => value);
    const theirs = valuesOf({ result: sample });

    const shared = valuesOf(make()).filter((value) => theirs.includes(value));

    expect(new Set(shared)).toEqual(new Set(['', 'FR']));
  });
});

test('the same options make the same session, and the simulator takes it', () => {
  const options = { documents: ['passport', 'other'], predictions: 2 } as const;
  expect(JSON.stringify(make(options))).toBe(JSON.stringify(make(options)));
  expect(isSessionState(make(options))).toBe(true);
});

test('one that is not finished has no result', () => {
  expect(make({ finished: false })).toEqual({ sessionId, result: null });
});

test('numbers of a model are between 0 and 1', () => {
  const numbers = JSON.stringify(make().result).match(/(?<="(confidence|height|width)":)[^,}]+/g) ?? [];
  expect(numbers.length).toBeGreaterThan(40);
  for (const number of numbers.filter((text) => text !== 'null')) {
    expect(Number(number)).toBeGreaterThanOrEqual(0);
    expect(Number(number)).toBeLessThanOrEqual(1);
  }
});

test('the key of the analysis may be spelt right', () => {
  const { result } = make({ analysisIdKey: 'analysis_id' });

  expect(result).toMatchObject({ data: { analysis_id: expect.stringMatching(/^[0-9a-f]{24}$/) } });
  expect(result).not.toHaveProperty('data.analysid_id');
});

test('every session has ids of its own', () => {
  // The analysis, and the person as the document and the list of entities name her.
  const idsOf = (id: string) =>
    JSON.stringify(makeSession({ sessionId: id })).match(
      /[0-9a-f]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
    );

  const [analysis, named, listed, ...more] = idsOf('1') ?? [];
  expect(more).toEqual([]);
  expect(named).toBe(listed);
  expect(new Set([analysis, named, ...(idsOf('2') ?? [])]).size).toBe(4);
});

describe('controls', () => {
  const controlsOf = (options: Partial<SessionOptions>, type = 'id-card') =>
    documentIn(make({ documents: ['id-card', 'passport', 'other'], ...options }), type).controls;
  const failedOf = (options: Partial<SessionOptions>, type?: string) => failedIn(controlsOf(options, type));

  test('one is false in a session that passes, as in the sample', () => {
    expect(failedOf({})).toEqual(['rfSymbolIsPresent']);
    expect(failedOf({}, 'passport')).toEqual([]);
  });

  test('one that fails takes its document with it, and no other', () => {
    const options = { failedControls: { 'id-card': ['mrzValidity'] } };

    expect(failedOf(options)).toEqual(['globalStatus', 'mrzValidity', 'rfSymbolIsPresent']);
    expect(controlsOf(options)).toMatchObject({ globalStatus: { confidence: 1, score: 0, value: false } });
    expect(failedOf(options, 'passport')).toEqual([]);
  });

  test.each([
    { why: 'that it holds', globalStatus: true, failed: ['dateValidity'] },
    { why: 'that it does not', globalStatus: false, failed: ['dateValidity', 'globalStatus'] },
  ])('unless $why is told', ({ globalStatus, failed }) => {
    const options = { failedControls: { passport: ['dateValidity'] }, globalStatus };
    expect(failedOf(options, 'passport')).toEqual(failed);
  });

  test('the summary alone may fail', () => {
    expect(failedOf({ globalStatus: false }, 'passport')).toEqual(['globalStatus']);
    expect(failedOf({ failedControls: { passport: ['globalStatus'] } }, 'passport')).toEqual([
      'globalStatus',
    ]);
  });

  test('a new one is added in its place of the alphabet', () => {
    const names = Object.keys(
      controlsOf({ failedControls: { passport: ['hologramIsPresent'] } }, 'passport') ?? {},
    );

    expect(names).toContain('hologramIsPresent');
    expect(names).toEqual(names.toSorted());
  });

  test('across documents: one that fails, and a new one, and no document with them', () => {
    const state = make({ failedCrossControls: ['matchNameInAllDocuments', 'matchAddress'] });

    expect(predictionsIn(state)[0]?.controls).toEqual({
      matchAddress: { confidence: 1, value: false },
      matchNameInAllDocuments: { confidence: 1, value: false },
    });
    expect(failedIn(documentIn(state, 'id-card').controls)).toEqual(['rfSymbolIsPresent']);
    expect(failedIn(predictionsIn(make())[0]?.controls)).toEqual([]);
  });
});

describe('documents', () => {
  test('other has nothing to control', () => {
    expect(documentIn(make(), 'other')).not.toHaveProperty('controls');
  });

  test.each([
    { predictions: 1, types: [['passport', 'id-card', 'other']] },
    { predictions: 2, types: [['passport', 'id-card'], ['other']] },
    { predictions: 3, types: [['passport'], ['id-card'], ['other']] },
    { predictions: 4, types: [['passport'], ['id-card'], ['other'], []] },
    { predictions: 0, types: [] },
  ])('over $predictions predictions', ({ predictions, types }) => {
    const state = make({ documents: ['passport', 'id-card', 'other'], predictions });

    const found = predictionsIn(state);
    expect(found.map(({ documents }) => documents.map(({ type }) => type))).toEqual(types);
    // A person is named where there is a document of hers.
    for (const { documents, entities } of found) {
      expect(entities).toHaveLength(documents.some(({ type }) => type !== 'other') ? 1 : 0);
    }
  });

  test('there may be none', () => {
    expect(predictionsIn(make({ documents: [] }))).toMatchObject([{ documents: [], entities: [] }]);
  });

  test('a passport says what the MRZ of a card does not', () => {
    const { extractedInformation } = documentIn(make({ documents: ['passport'] }), 'passport');

    expect(extractedInformation).toMatchObject({
      expiryDate: { value: '02.09.2029' },
      expiryDateMRZ: { value: '02.09.2029' },
      genderMRZ: { value: 'F' },
    });
  });
});

describe('the person', () => {
  test('can be given in part', () => {
    const state = make({ person: { firstName: 'Alix', lastName: 'MARTIN', birthDate: '01.02.1990' } });

    expect(documentIn(state, 'id-card')).toMatchObject({
      path: 'CNI_alix-martin.pdf',
      extractedInformation: {
        firstName: { value: 'Alix' },
        firstNameMRZ: { value: 'Alix' },
        lastName: { value: 'MARTIN' },
        lastNameMRZ: { value: 'MARTIN' },
        fullName: { value: 'Alix Martin' },
        birthDate: { value: '01.02.1990' },
        birthDateMRZ: { value: '01.02.1990' },
        birthPlace: { value: 'BESANÇON' },
      },
    });
    expect(predictionsIn(state)[0]?.entities).toMatchObject([
      { firstName: 'Alix', fullName: 'Alix Martin', lastName: 'Martin' },
    ]);
  });

  test.each(['id-card', 'passport'] as const)(
    'what is not on the %s has no place and no confidence',
    (kind) => {
      const { extractedInformation } = documentIn(
        make({ documents: [kind], person: { birthPlace: '', spouseName: 'BERTHIER' } }),
        kind,
      );

      expect(extractedInformation).toMatchObject({
        birthPlace: { bbox: {}, confidence: null, value: '' },
        spouseName: { confidence: expect.any(Number), value: 'BERTHIER' },
      });
    },
  );
});
