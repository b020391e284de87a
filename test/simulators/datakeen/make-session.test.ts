import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { makeDatakeenSession } from '../../../local/simulators/datakeen/make-session.ts';
import type { DatakeenSessionOptions } from '../../../local/simulators/datakeen/session-options.ts';
import { isDatakeenSessionState } from '../../../local/simulators/datakeen/session-state.ts';
import { documentOfType, failedControlsIn, predictionResultsIn } from './result-view.ts';

/** Datakeen's sample of a result. We inserted a quotation mark that is missing in the original. */
const sample: unknown = JSON.parse(
  await readFile(new URL('../../fixtures/datakeen/session-v1.json', import.meta.url), 'utf8'),
);

const sessionId = '662f5f9c9c18e30012c2f021';

function make(options: Partial<DatakeenSessionOptions> = {}) {
  return makeDatakeenSession({ sessionId, ...options });
}

/** Lists all keys in order, each with the type of its value. An empty text, null and an empty object count as types. */
function shapeOf(value: unknown, path = ''): string[] {
  if (value === null) return [`${path} null`];
  if (typeof value !== 'object') return [`${path} ${value === '' ? 'empty' : typeof value}`];
  const parts = Object.entries(value).flatMap(([key, part]) => shapeOf(part, `${path}/${key}`));
  return parts.length > 0 ? parts : [`${path} ${JSON.stringify(value)}`];
}

/** Lists the results of all controls, and all values that do not depend on the person, the position or the AI model. */
function constantsOf(value: unknown, path = ''): string[] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, part]) => constantsOf(part, `${path}/${key}`));
  }
  return /\/(status|message|value|cardSide|cardType|type|num|page_num|score)$/.test(path) &&
    !/\/extractedInformation\/\w+\/value$/.test(path)
    ? [`${path} ${value}`]
    : [];
}

describe("makeDatakeenSession compared with Datakeen's sample", () => {
  test("makeDatakeenSession has the keys and the kinds of values of Datakeen's sample, in the same order", () => {
    expect(shapeOf(make().result)).toEqual(shapeOf(sample));
    expect(shapeOf(sample)).toContain('/data/analysid_id string');
  });

  test("makeDatakeenSession has the statuses, control results and types of Datakeen's sample", () => {
    expect(constantsOf(make().result)).toEqual(constantsOf(sample));
  });

  test("makeDatakeenSession has dates in the format of Datakeen's sample", () => {
    const { extractedInformation } = documentOfType(make(), 'id-card');
    for (const name of ['birthDate', 'birthDateMRZ', 'deliveryDate', 'expiryDate']) {
      expect(extractedInformation[name]?.value).toMatch(/^\d\d\.\d\d\.\d{4}$/);
    }
  });

  test("makeDatakeenSession contains no personal value from Datakeen's sample", () => {
    const valuesOf = (state: unknown) =>
      Object.values(documentOfType(state, 'id-card').extractedInformation).map(({ value }) => value);
    const theirs = valuesOf({ result: sample });

    const shared = valuesOf(make()).filter((value) => theirs.includes(value));

    expect(new Set(shared)).toEqual(new Set(['', 'FR']));
  });
});

test('makeDatakeenSession returns equal sessions for equal options, and the simulator accepts them', () => {
  const options = { documents: ['passport', 'other'], predictions: 2 } as const;
  expect(JSON.stringify(make(options))).toBe(JSON.stringify(make(options)));
  expect(isDatakeenSessionState(make(options))).toBe(true);
});

test('makeDatakeenSession returns no result for an unfinished Datakeen session', () => {
  expect(make({ finished: false })).toEqual({ sessionId, result: null });
});

test('the confidences and positions in a Datakeen session are between 0 and 1', () => {
  const numbers = JSON.stringify(make().result).match(/(?<="(confidence|height|width)":)[^,}]+/g) ?? [];
  expect(numbers.length).toBeGreaterThan(40);
  for (const number of numbers.filter((text) => text !== 'null')) {
    expect(Number(number)).toBeGreaterThanOrEqual(0);
    expect(Number(number)).toBeLessThanOrEqual(1);
  }
});

test("makeDatakeenSession can write the key analysis_id in place of the misspelled analysid_id of Datakeen's sample", () => {
  const { result } = make({ analysisIdKey: 'analysis_id' });

  expect(result).toMatchObject({ data: { analysis_id: expect.stringMatching(/^[0-9a-f]{24}$/) } });
  expect(result).not.toHaveProperty('data.analysid_id');
});

test('each Datakeen session has different ids', () => {
  // A session has two ids: the id of the analysis, and the person's id, which is in the document and in `entities`.
  const idsOf = (id: string) =>
    JSON.stringify(makeDatakeenSession({ sessionId: id })).match(
      /[0-9a-f]{24}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
    );

  const [analysis, named, listed, ...more] = idsOf('1') ?? [];
  expect(more).toEqual([]);
  expect(named).toBe(listed);
  expect(new Set([analysis, named, ...(idsOf('2') ?? [])]).size).toBe(4);
});

describe('Datakeen controls', () => {
  const controlsOf = (options: Partial<DatakeenSessionOptions>, type = 'id-card') =>
    documentOfType(make({ documents: ['id-card', 'passport', 'other'], ...options }), type).controls;
  const failedOf = (options: Partial<DatakeenSessionOptions>, type?: string) =>
    failedControlsIn(controlsOf(options, type));

  test("a Datakeen session that passes has one failed control, as in Datakeen's sample", () => {
    expect(failedOf({})).toEqual(['rfSymbolIsPresent']);
    expect(failedOf({}, 'passport')).toEqual([]);
  });

  test('a failed control in a Datakeen session fails the globalStatus of its document, but of no other document', () => {
    const options = { failedControls: { 'id-card': ['mrzValidity'] } };

    expect(failedOf(options)).toEqual(['globalStatus', 'mrzValidity', 'rfSymbolIsPresent']);
    expect(controlsOf(options)).toMatchObject({ globalStatus: { confidence: 1, score: 0, value: false } });
    expect(failedOf(options, 'passport')).toEqual([]);
  });

  test.each([
    { option: 'globalStatus: true', globalStatus: true, failed: ['dateValidity'] },
    { option: 'globalStatus: false', globalStatus: false, failed: ['dateValidity', 'globalStatus'] },
  ])(
    'the option $option of makeDatakeenSession sets this globalStatus, even if another control failed',
    ({ globalStatus, failed }) => {
      const options = { failedControls: { passport: ['dateValidity'] }, globalStatus };
      expect(failedOf(options, 'passport')).toEqual(failed);
    },
  );

  test('globalStatus can be the only failed control of a Datakeen document', () => {
    expect(failedOf({ globalStatus: false }, 'passport')).toEqual(['globalStatus']);
    expect(failedOf({ failedControls: { passport: ['globalStatus'] } }, 'passport')).toEqual([
      'globalStatus',
    ]);
  });

  test('makeDatakeenSession inserts an unknown failed control into the alphabetical order of the controls', () => {
    const names = Object.keys(
      controlsOf({ failedControls: { passport: ['hologramIsPresent'] } }, 'passport') ?? {},
    );

    expect(names).toContain('hologramIsPresent');
    expect(names).toEqual(names.toSorted());
  });

  test('failed controls that compare Datakeen documents do not fail the controls of the documents', () => {
    const state = make({ failedCrossControls: ['matchNameInAllDocuments', 'matchAddress'] });

    expect(predictionResultsIn(state)[0]?.controls).toEqual({
      matchAddress: { confidence: 1, value: false },
      matchNameInAllDocuments: { confidence: 1, value: false },
    });
    expect(failedControlsIn(documentOfType(state, 'id-card').controls)).toEqual(['rfSymbolIsPresent']);
    expect(failedControlsIn(predictionResultsIn(make())[0]?.controls)).toEqual([]);
  });
});

describe('Datakeen documents', () => {
  test('a Datakeen document of the kind "other" has no controls', () => {
    expect(documentOfType(make(), 'other')).not.toHaveProperty('controls');
  });

  test.each([
    { predictions: 1, types: [['passport', 'id-card', 'other']] },
    { predictions: 2, types: [['passport', 'id-card'], ['other']] },
    { predictions: 3, types: [['passport'], ['id-card'], ['other']] },
    { predictions: 4, types: [['passport'], ['id-card'], ['other'], []] },
    { predictions: 0, types: [] },
  ])(
    'makeDatakeenSession distributes the documents of a result over its predictions: $predictions',
    ({ predictions, types }) => {
      const state = make({ documents: ['passport', 'id-card', 'other'], predictions });

      const found = predictionResultsIn(state);
      expect(found.map(({ documents }) => documents.map(({ type }) => type))).toEqual(types);
      // A prediction (a part of the result) names the person only if it has one of the person's documents.
      for (const { documents, entities } of found) {
        expect(entities).toHaveLength(documents.some(({ type }) => type !== 'other') ? 1 : 0);
      }
    },
  );

  test('a Datakeen session can have no documents', () => {
    expect(predictionResultsIn(make({ documents: [] }))).toMatchObject([{ documents: [], entities: [] }]);
  });

  test('only a passport of makeDatakeenSession has an expiry date and a gender in the machine-readable zone', () => {
    const { extractedInformation } = documentOfType(make({ documents: ['passport'] }), 'passport');

    expect(extractedInformation).toMatchObject({
      expiryDate: { value: '02.09.2029' },
      expiryDateMRZ: { value: '02.09.2029' },
      genderMRZ: { value: 'F' },
    });
  });
});

describe('the person of a Datakeen session', () => {
  test('makeDatakeenSession replaces only the given values of the example person', () => {
    const state = make({ person: { firstName: 'Alix', lastName: 'MARTIN', birthDate: '01.02.1990' } });

    expect(documentOfType(state, 'id-card')).toMatchObject({
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
    expect(predictionResultsIn(state)[0]?.entities).toMatchObject([
      { firstName: 'Alix', fullName: 'Alix Martin', lastName: 'Martin' },
    ]);
  });

  test.each(['id-card', 'passport'] as const)(
    'an empty value on the Datakeen document %s has no position and no confidence',
    (kind) => {
      const { extractedInformation } = documentOfType(
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
