import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeId360Report, SECRET_CANARY } from '../../../local/simulators/id360/make-report.ts';
import { isNameOfSecret } from '../../../shared/providers/id360/name-of-secret.ts';
import { readId360Report } from '../../../shared/providers/id360/read-report.ts';
import { plays } from '../../support/plays.ts';
import { callbackNames, fixture, reportNames, transitionOf } from './fixtures.ts';

const canary = 'CANARY';

/** The secrets that ID360's guides and real reports contain, under the names of their members. */
const secrets = {
  callback_headers: [{ name: 'x-callback-token', value: canary }],
  callback_endpoints: [
    { url: `https://example.com/${canary}`, on: [], headers: [{ name: 'x', value: canary }] },
  ],
  callback_url: `https://example.com/id360/case-1/${canary}`,
  browser_callback_url: `https://example.com/back?token=${canary}`,
  headers: { 'x-callback-token': canary },
  api_key: canary,
  'x-api-key': canary,
  token: canary,
  Authorization: `Token ${canary}`,
  password: canary,
};
const olderForm = { callback_headers: { 'x-callback-token': canary } };

/** Adds secrets to a value and to every object inside. */
function planted(value: unknown, secret: object): unknown {
  if (Array.isArray(value)) return value.map((entry) => planted(entry, secret));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => [key, planted(member, secret)]);
  return { ...Object.fromEntries(members), ...secret };
}

/** Adds secrets to a report, but not to `documents`, where each member of an unknown name is a type of document. */
const plantedReport = ({ documents, ...others }: Record<string, unknown>, secret: object) => ({
  ...Object(planted(others, secret)),
  documents,
});

describe('secrets in a report', () => {
  test.each(reportNames.slice(0, 3))(
    'the secrets in the ID360 report sample %s are not published',
    (name) => {
      expect(JSON.stringify(fixture(name))).toContain(canary);
      expect(JSON.stringify(readId360Report(fixture(name)))).not.toContain(canary);
    },
  );

  test.each([...reportNames])(
    'secrets at every place of the ID360 report sample %s are not published',
    (name) => {
      for (const secret of [secrets, olderForm]) {
        const report = plantedReport(fixture(name), secret);
        expect(JSON.stringify(readId360Report(report))).not.toContain(canary);
        expect(readId360Report(report)).toEqual(readId360Report(fixture(name)));
      }
    },
  );

  test('the secrets in a report of the simulator are not published', () => {
    const report = makeId360Report({ id: 1, status: 'OK' });
    expect(JSON.stringify(report)).toContain(SECRET_CANARY);
    expect(JSON.stringify(readId360Report(report))).not.toContain(SECRET_CANARY);
  });

  test('secrets below unknown sections, at any depth, are not published', () => {
    const place = fc.array(fc.string({ minLength: 1 }), { maxLength: 4 });
    const secret = fc.constantFrom(...Object.entries(secrets));
    fc.assert(
      fc.property(
        fc.constantFrom(...reportNames),
        place,
        secret,
        fc.boolean(),
        (name, path, [key, value], inList) => {
          const nested = path.reduceRight<unknown>((inner, step) => ({ [step]: inList ? [inner] : inner }), {
            [key]: value,
          });
          const report = { ...fixture(name), ...Object(nested), status: 'OK' };
          expect(JSON.stringify(readId360Report(report).findings)).not.toContain(canary);
        },
      ),
      { numRuns: plays(300) },
    );
  });

  test('the results of a step are not published, whatever their shape', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 3 }), (results) => {
        const step = { status: 'OK', results: { results, value: canary } };
        const { findings } = readId360Report({
          status: 'OK',
          steps: { any: step, list: { results: [canary] } },
        });
        expect(findings.provider_data).toEqual({ steps: { any: { status: 'OK' } } });
      }),
    );
  });

  test('a signed token of an electronic identity is not published, but its payload is', () => {
    const id_num_out_token = [
      canary,
      { raw: canary, header: { kid: canary }, payload: { sub: 'subject-1' } },
    ];
    const external_methods = { id_num: { results: { id_num_out_token, access_token: canary } } };
    const { findings } = readId360Report({ status: 'KO', external_methods });
    expect(findings.provider_data).toEqual({
      external_methods: { id_num: { results: { id_num_out_token: [{ payload: { sub: 'subject-1' } }] } } },
    });
  });

  test.each([
    ['the text of a token', canary, undefined],
    ['a single token', { raw: canary, payload: { sub: 's' } }, { payload: { sub: 's' } }],
    ['a token in a nested list', [[{ raw: canary, payload: { sub: 's' } }]], [[{ payload: { sub: 's' } }]]],
    ['texts in a nested list', [[canary], [[canary]]], undefined],
    ['a token below other names', { raw: { jwt: [canary] }, signature: canary }, undefined],
  ])('%s of an electronic identity is not published', (_what, id_num_out_token, published) => {
    const external_methods = { id_num: { results: { id_num_out_token } } };
    const { findings } = readId360Report({ status: 'KO', external_methods });
    const left = { external_methods: { id_num: { results: { id_num_out_token: published } } } };
    expect(findings.provider_data).toEqual(published === undefined ? {} : left);
  });

  test('the error of readId360Report does not quote the report', () => {
    expect(() => readId360Report({ status: { token: canary } })).toThrow(/^(?!.*CANARY)/);
  });
});

test('secrets at every place of a callback are not published', () => {
  for (const name of callbackNames) {
    for (const secret of [secrets, olderForm]) {
      expect(JSON.stringify(transitionOf(planted(fixture(name), secret)))).not.toContain(canary);
    }
  }
});

describe('isNameOfSecret', () => {
  test.each(['X-Api-Key', 'apiKey', 'internal_key', 'accessToken', 'CALLBACK_HEADERS', 'client secret'])(
    'the name %s says that the member holds a secret',
    (name) => expect(isNameOfSecret(name)).toBe(true),
  );

  test.each(['name', 'tokens_used', 'url', 'keyword', 'status', 'client_reference', ''])(
    'the name %j does not say that the member holds a secret',
    (name) => expect(isNameOfSecret(name)).toBe(false),
  );
});
