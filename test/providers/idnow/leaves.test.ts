import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reading } from '../../../shared/contract/reading.ts';
import { idnowLeafTable } from '../../../shared/providers/idnow/leaf-table.ts';
import { plays } from '../../support/plays.ts';
import { fixtureNames, ident, madeIdent, onlyTransition, read, transitionOf } from './fixtures.ts';
import { type LeafAt, leavesOf, makeLeafFinder, pathOf, replaceAt } from './leaves-of-ident.ts';

/**
 * Returns the leaves that are lost: neither in the event nor named, or without any effect on the event. Equal leaves
 * elsewhere cannot hide that a leaf is lost, because the event would be the same without it.
 */
function lostLeaves(body: unknown, leaves: readonly LeafAt[] = leavesOf(body)): string[] {
  const readings = read(body);
  const isFound = makeLeafFinder(onlyTransition(readings));
  const whole = withoutFingerprint(readings);
  const hasEffect = ({ keys }: LeafAt) => withoutFingerprint(read(replaceAt(body, keys, null))) !== whole;
  return leaves.filter((leaf) => !isFound(leaf) || !hasEffect(leaf)).map(({ keys }) => pathOf(keys));
}

/** Returns readings as JSON, without the fingerprints of their bodies. */
const withoutFingerprint = (readings: readonly Reading[]) =>
  JSON.stringify(
    readings.map((reading) =>
      reading.kind === 'understood'
        ? { ...reading, transition: { ...reading.transition, fingerprint: undefined } }
        : reading,
    ),
  );

/** The four leaves of an ident that quarantine it if they are unreadable. */
const deciding = /^identificationprocess\.(companyid|transactionnumber|result|identificationtime)$/;

const allStatuses = [null, 'NEW', 'CHANGE', 'MATCH', 'ORIGINAL', 'REDACTION', 'GUESSED', 7, true, {}];

describe('each leaf of an ident', () => {
  test.each(fixtureNames)('each leaf of the IDnow sample %s is in the event', (name) => {
    expect(lostLeaves(ident(name))).toEqual([]);
    expect(transitionOf(ident(name)).findings.provider_data.unreadable).toBeUndefined();
  });

  test.each(fixtureNames)(
    'each leaf of the IDnow sample %s that is replaced by another type is in the event or named as unreadable',
    (name) => {
      const whole = ident(name);
      const lost = leavesOf(whole)
        .filter(({ keys }) => !deciding.test(pathOf(keys)))
        .flatMap(({ keys }) =>
          ['Token 1', true, ['Token 2'], { status: 'Token 3', value: 'Token 4' }].flatMap((value) => {
            const body = replaceAt(whole, keys, value);
            const replaced = leavesOf(value).map((each) => ({ ...each, keys: [...keys, ...each.keys] }));
            return lostLeaves(body, replaced);
          }),
        );
      expect(lost).toEqual([]);
    },
  );

  const paths = Object.keys(idnowLeafTable).filter((path) => !deciding.test(path));
  const keysOf = (path: string) =>
    path
      .replace('*', 'custom1')
      .replaceAll('[]', '.0')
      .split('.')
      .map((key) => (key === '0' ? 0 : key));

  test.each(paths)('a leaf at the path %s of the table is in the event or named as unreadable', (path) => {
    const isValue = path.endsWith('.value');
    const statuses = isValue ? allStatuses : [null];
    for (const status of statuses) {
      for (const value of ['Token 1', '2018-01-02', 'DE', 4711, true, false]) {
        const keys = keysOf(path);
        const [first, second] = keys;
        const list = second === 0 ? { [String(first)]: [{}] } : {};
        const licenses = keys[2] === 0 ? { [String(first)]: { [String(second)]: [{}] } } : {};
        const empty = { ...madeIdent({ result: 'SUCCESS' }, list), ...licenses };
        const body = isValue
          ? replaceAt(empty, keys.slice(0, -1), { status, value })
          : replaceAt(empty, keys, value);
        expect(lostLeaves(body, [{ keys, leaf: value }]), JSON.stringify(body)).toEqual([]);
      }
    }
  });
});

describe('each leaf of a random ident', () => {
  test.each(['UNKNOWN', 'ORIGINAL', { '': 'x' }])(
    'a value with the status %j that equals the submitted value is in the event',
    (status) => {
      const userdata = { lastname: { status, value: 'MUSTERMANN', original: 'MUSTERMANN' } };
      const body = madeIdent({ result: 'SUCCESS' }, { userdata });
      expect(lostLeaves(body)).toEqual([]);
    },
  );

  const key = fc.oneof(
    fc.constantFrom('id', 'value', 'status', 'unreadable', 'field_statuses', '0', '', '[]', '*', 'a.b'),
    fc.constantFrom('original', 'address', 'country', 'documentname', 'sections_with_same_name', '__proto__'),
    fc.string({ maxLength: 5 }),
  );
  const leaf = fc.constantFrom<LeafAt['leaf']>('text', 'text', 1, true, false);
  const { json } = fc.letrec<{ json: unknown }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf,
      fc.array(tie('json'), { minLength: 1, maxLength: 3 }),
      fc.dictionary(key, tie('json'), { minKeys: 1, maxKeys: 3 }),
    ),
  }));

  /** Replaces a part of a JSON value, or adds a member that IDnow's documentation does not mention. */
  function changed(value: unknown): fc.Arbitrary<unknown> {
    if (typeof value !== 'object' || value === null) return json;
    const keys = Object.keys(value);
    const added = fc.tuple(key, json).map(([name, part]) => {
      if (Array.isArray(value)) return [...value, part];
      return Object.fromEntries([...Object.entries(value), [name, part]]);
    });
    if (keys.length === 0) return added;
    const inside = fc
      .constantFrom(...keys)
      .chain((name) =>
        changed(Reflect.get(value, name)).map((part) =>
          Array.isArray(value)
            ? value.with(Number(name), part)
            : Object.fromEntries([...Object.entries(value), [name, part]]),
        ),
      );
    return fc.oneof(
      { weight: 2, arbitrary: added },
      { weight: 1, arbitrary: json },
      { weight: 7, arbitrary: inside },
    );
  }

  /** Makes the invented leaves different from each other. So each of them can be found. */
  function numbered(value: unknown): unknown {
    let count = 0;
    const visit = (part: unknown): unknown => {
      if (part === 'text') return `Token ${count++}`;
      if (part === 1) return 700_000 + count++;
      if (Array.isArray(part)) return part.map(visit);
      if (typeof part !== 'object' || part === null) return part;
      return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, visit(member)]));
    };
    return visit(value);
  }

  const randomIdent = fc
    .constantFrom(...fixtureNames.map(ident))
    .chain(({ identificationprocess, ...sections }) => {
      const { companyid, transactionnumber, result, identificationtime, ...process } = identificationprocess;
      const name = { companyid, transactionnumber, result, identificationtime };
      return changed({ process, sections })
        .chain(changed)
        .chain(changed)
        .map((damaged) => {
          const parts = numbered(damaged);
          const part = (of: string) =>
            typeof parts === 'object' && parts !== null ? Reflect.get(parts, of) : {};
          const members = (of: string) => {
            const value = part(of);
            return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
          };
          return {
            ...members('sections'),
            identificationprocess: { ...members('process'), ...name },
            identifications: undefined,
          };
        });
    });

  test('each leaf of an ident with unknown members and replaced parts is in the event or named as unreadable', () => {
    fc.assert(
      fc.property(randomIdent, (body) => {
        expect(lostLeaves(body)).toEqual([]);
      }),
      { numRuns: plays(200) },
    );
  });
});

describe('the limits of an ident', () => {
  test('entries of a list after the first 200 are left out, and the list is named as unreadable', () => {
    // Prepare
    const letters = Array.from({ length: 201 }, () => 'B');
    const additionaldocuments = letters.map((documentname) => ({ documentname }));
    const document = { driverlicenses: letters, driverlicenseclasses: letters };
    const sections = {
      identificationdocument: document,
      identificationdocument2: document,
      additionaldocuments,
    };
    // Act
    const { documents, provider_data } = transitionOf(madeIdent({ result: 'SUCCESS' }, sections)).findings;
    // Assess
    expect(documents).toHaveLength(202);
    const licenses = documents.flatMap((each) => Object.values(each.provider_data ?? {}));
    expect(licenses.map((list) => Array.isArray(list) && list.length)).toEqual([200, 200, 200, 200]);
    expect(provider_data).toEqual({
      unreadable: [
        'identificationdocument.driverlicenses',
        'identificationdocument.driverlicenseclasses',
        'identificationdocument2.driverlicenses',
        'identificationdocument2.driverlicenseclasses',
        'additionaldocuments',
      ],
    });
  });

  test('after 200 unreadable leaves, only the sections of the others are named', () => {
    // Prepare
    const additionaldocuments = Array.from({ length: 200 }, () => ({
      documentname: true,
      address: { city: { value: true } },
    }));
    const contactdata = { email: true };
    // Act
    const { unreadable } = transitionOf(madeIdent({}, { additionaldocuments, contactdata })).findings
      .provider_data;
    // Assess
    const expected = additionaldocuments.flatMap((_document, index) => [
      `additionaldocuments[${index}].documentname`,
      `additionaldocuments[${index}].address.city.value`,
    ]);
    expect(unreadable).toEqual([...expected.slice(0, 200), 'additionaldocuments', 'contactdata']);
  });
});
