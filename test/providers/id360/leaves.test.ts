import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCountryCode } from '../../../shared/parsing/country-code.ts';
import { parseDate } from '../../../shared/parsing/date.ts';
import { parseGender } from '../../../shared/parsing/gender.ts';
import { parseInstant } from '../../../shared/parsing/instant.ts';
import { isNameOfSecret } from '../../../shared/providers/id360/name-of-secret.ts';
import { readId360Callback } from '../../../shared/providers/id360/read-callback.ts';
import { readId360Report } from '../../../shared/providers/id360/read-report.ts';
import * as keys from '../../../shared/providers/id360/section-keys.ts';
import { plays } from '../../support/plays.ts';
import { callbackNames, fixture, reportNames } from './fixtures.ts';
import { electronicIdentityReport } from './specimens.ts';

interface Leaf {
  readonly path: string;
  readonly value: string | number | boolean;
}

/** Lists the leaves of a value in a way that shares no code with the leaf table. */
function leavesOf(value: unknown, path = ''): Leaf[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ path, value }];
  if (typeof value === 'number' || typeof value === 'boolean') return [{ path, value }];
  if (Array.isArray(value)) return value.flatMap((entry, index) => leavesOf(entry, `${path}[${index}]`));
  return Object.entries(value ?? {}).flatMap(([key, member]) =>
    leavesOf(member, path === '' ? key : `${path}.${key}`),
  );
}

/** The paths that the events omit on purpose. This list repeats the table, so that the table cannot grow unnoticed. */
const omittedPaths = [
  /^documents\.[^.]*(\[\d+\]){0,2}\.files\b/,
  /^steps\.[^.]*\.(results|input_files)\b/,
  /^signature\b/,
  /^external_methods\.id_num\.results\.id_num_out_token(?!(\[\d+\]){0,2}\.payload)/,
];

const isOmitted = ({ path }: Leaf) =>
  omittedPaths.some((pattern) => pattern.test(path)) ||
  path
    .split(/[.[]/)
    .some(
      (key) => isNameOfSecret(key) && !path.startsWith('external_methods.id_num.results.id_num_out_token['),
    );

/** The forms in which an event may publish a value. */
function formsOf(value: Leaf['value']): string[] {
  const text = String(value);
  const read = [
    parseDate(text, 'DD/MM/YYYY'),
    parseCountryCode(text),
    parseGender(text),
    parseInstant(text),
    text.trim(),
  ];
  return read.filter((form) => form !== null);
}

/** A boolean says nothing without its path. In lists, `provider_data` has only the entries that no field contains. */
const withoutIndexes = ({ path, value }: Leaf) => `${path.replace(/\[\d+\]/g, '')} = ${value}`;

/** Returns the leaves of a body that are lost: not published, not named as unreadable, and not omitted on purpose. */
function lostLeaves(body: unknown, published: unknown, provider_data: Record<string, unknown>): string[] {
  const named: unknown[] = Array.isArray(provider_data.unreadable) ? provider_data.unreadable : [];
  const texts = leavesOf(published).map(({ value }) => String(value));
  const booleans = new Set(leavesOf(provider_data).map(withoutIndexes));
  const isNamed = ({ path }: Leaf) =>
    named.some((name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`));
  const isPublished = (leaf: Leaf) =>
    typeof leaf.value === 'boolean'
      ? booleans.has(withoutIndexes(leaf))
      : formsOf(leaf.value).some((form) => texts.some((text) => text.includes(form)));
  return leavesOf(body)
    .filter((leaf) => !isOmitted(leaf) && !isNamed(leaf) && !isPublished(leaf))
    .map(({ path, value }) => `${path} = ${value}`);
}

function lostInReport(report: Record<string, unknown>): string[] {
  const { id, status, reasons, findings } = readId360Report(report);
  const published = { id, providerStatus: status?.providerStatus, reasons, findings };
  return lostLeaves(report, published, findings.provider_data);
}

function lostInCallback(callback: unknown): string[] {
  const reading = readId360Callback(callback, null);
  if (reading.kind === 'unknown') return [];
  const { verificationId, providerStatus, reasons, findings } = reading.transition;
  const published = { id: decodeURIComponent(verificationId), providerStatus, reasons, findings };
  return lostLeaves(callback, published, findings.provider_data);
}

/** Makes a section with a value for each of these keys. */
const sectionOf = (keys: readonly string[]) =>
  Object.fromEntries(
    keys.map((key) => {
      if (/date$/.test(key)) return [key, '1990-01-02'];
      return [key, /country|nationality/.test(key) ? 'FRA' : `value of ${key}`];
    }),
  );

const identity = {
  ...sectionOf([...keys.identityKeys, ...keys.addressKeys, ...keys.contactKeys]),
  first_names: ['value of first_name', 'MARIE'],
  extra: sectionOf(keys.documentKeys),
};

/** A report with every member that we read as a field. */
const fullReport = {
  id: 50123,
  status: 'OK',
  identity,
  extracted_data: {
    identity: [identity],
    proof_of_address: [sectionOf(keys.proofOfAddressKeys)],
    bank_details: [sectionOf(keys.bankDetailsKeys)],
  },
  external_methods: {
    id_num: { results: { id_num_out_token: [{ payload: sectionOf(keys.electronicIdentityKeys) }] } },
  },
};

const reports = [...reportNames.map(fixture), electronicIdentityReport, fullReport];
const callbacks = callbackNames.map(fixture);

/** A text that stands nowhere else, so that its place in an event proves that it was published. */
const uniqueText = fc.uuid().map((id) => `u${id}`);
const leaf = fc.oneof(
  uniqueText,
  fc.integer({ min: 10_000_000 }),
  fc.boolean(),
  fc.constantFrom('1990-01-02', '02/01/1990', '02.01.1990', 'XKX', 'Deutschland', 'M', ' '),
);
const name = fc.oneof(
  fc.constantFrom(
    'unreadable',
    'name',
    'extra',
    'files',
    'status',
    'date',
    '__proto__',
    'constructor',
    'payload',
  ),
  uniqueText,
);
const { tree: section } = fc.letrec((tie) => ({
  tree: fc.oneof({ depthSize: 'small' }, leaf, tie('object'), fc.array(tie('tree'), { maxLength: 3 })),
  object: fc.dictionary(name, tie('tree'), { maxKeys: 3 }),
}));

/** Generates copies of a value in which one place, at any level, has a new member or another value. */
function varied(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null) return section;
  const extended = Array.isArray(value)
    ? section.map((entry) => [...value, entry])
    : fc.tuple(name, section).map(([key, member]) => ({ ...value, [key]: member }));
  const keys = Object.keys(value);
  if (keys.length === 0) return extended;
  const inside = fc
    .constantFrom(...keys)
    .chain((key) =>
      varied(Reflect.get(value, key)).map((other) =>
        Array.isArray(value) ? value.with(Number(key), other) : { ...value, [key]: other },
      ),
    );
  return fc.oneof(
    { weight: 1, arbitrary: section },
    { weight: 2, arbitrary: extended },
    { weight: 8, arbitrary: inside },
  );
}

const variants = (bodies: readonly unknown[]) =>
  fc
    .constantFrom(...bodies)
    .chain(varied)
    .chain(varied)
    .chain(varied);

describe('each leaf of an ID360 body is published, named as unreadable, or omitted on purpose', () => {
  test.each(reports)('no leaf of the sample report %# is lost', (report) =>
    expect(lostInReport(report)).toEqual([]),
  );

  test.each(callbacks)('no leaf of the sample callback %# is lost', (callback) => {
    expect(lostInCallback(callback)).toEqual([]);
  });

  test('no leaf of a report with unknown members and values of other types is lost', () => {
    fc.assert(
      fc.property(variants(reports), (report) => {
        if (
          typeof report !== 'object' ||
          report === null ||
          typeof Reflect.get(report, 'status') !== 'string'
        )
          return;
        expect(lostInReport({ ...report })).toEqual([]);
      }),
      { numRuns: plays(1500) },
    );
  });

  test('no leaf of a callback with unknown members and values of other types is lost', () => {
    fc.assert(
      fc.property(variants(callbacks), (callback) => {
        expect(lostInCallback(callback)).toEqual([]);
      }),
      { numRuns: plays(1000) },
    );
  });

  test('the entries of a list that we do not read are named by their list', () => {
    const bank_details = Array.from({ length: 250 }, (_, index) => ({ iban: `FR${index + 1000}` }));
    const report = { status: 'OK', extracted_data: { bank_details } };
    expect(readId360Report(report).findings.provider_data.unreadable).toEqual([
      'extracted_data.bank_details',
    ]);
    expect(lostInReport(report)).toEqual([]);
  });

  test('many unreadable leaves are named by 200 paths and their sections', () => {
    const bank_details = Array.from({ length: 150 }, () => ({ iban: true, bic: true }));
    const report = { status: 'OK', extracted_data: { bank_details } };
    const { unreadable } = readId360Report(report).findings.provider_data;
    expect(unreadable).toHaveLength(201);
    expect(unreadable).toContain('extracted_data');
    expect(lostInReport(report)).toEqual([]);
  });
});
