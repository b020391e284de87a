import { describe, expect, test } from 'vitest';
import { compileLeafTable, field, inProviderData, omitted } from '../../shared/parsing/account-for-leaves.ts';

const isText = (leaf: unknown) => typeof leaf === 'string';
const account = compileLeafTable({
  'person.name': field(isText),
  'person.birthday.value': field((leaf) => leaf === '1990-01-02'),
  'documents[].number': field(isText),
  'documents[].note': inProviderData,
  'steps.*.results': omitted('the shape changes over time'),
  secret: omitted('it is ours'),
});

describe('compileLeafTable', () => {
  test('a readable leaf of a field is in neither list', () => {
    expect(account({ person: { name: 'ANNA', birthday: { value: '1990-01-02' } } })).toEqual({
      providerData: {},
      unreadable: [],
    });
  });

  test('a leaf of a field in an unexpected form is named with its whole path', () => {
    const result = {
      person: { name: 7, birthday: { value: '02.01.1990' } },
      documents: [{ number: 'A' }, { number: true }],
    };
    expect(account(result)).toEqual({
      providerData: {},
      unreadable: ['person.name', 'person.birthday.value', 'documents[1].number'],
    });
  });

  test('unknown leaves keep their names and nesting, at any level', () => {
    const result = {
      unknown: { deep: [{ a: 1 }, {}, 'x'] },
      person: { name: 'ANNA', hobby: 'chess' },
      documents: [{ number: 'A' }, { number: 'B', note: 'old', color: 'red' }],
    };
    expect(account(result)).toEqual({
      providerData: {
        unknown: { deep: [{ a: 1 }, 'x'] },
        person: { hobby: 'chess' },
        documents: [{ note: 'old', color: 'red' }],
      },
      unreadable: [],
    });
  });

  test('an object in the place of a leaf is unknown; only an omitted path counts for everything below it', () => {
    expect(account({ secret: { a: [1] }, steps: { one: { results: { b: 2 }, name: 'n' } } })).toEqual({
      providerData: { steps: { one: { name: 'n' } } },
      unreadable: [],
    });
    expect(account({ person: { name: { first: 'ANNA' } } })).toEqual({
      providerData: { person: { name: { first: 'ANNA' } } },
      unreadable: [],
    });
  });

  test('the readability of a leaf can depend on the leaves beside it', () => {
    const accountByStatus = compileLeafTable({
      'birthday.status': field(isText),
      'birthday.value': field((_leaf, { status }) => status === 'REDACTION'),
      'dates[]': field((_leaf, siblings) => Object.keys(siblings).length > 0),
    });
    expect(accountByStatus({ birthday: { status: 'REDACTION', value: 'x' } }).unreadable).toEqual([]);
    expect(accountByStatus({ birthday: { status: 'NEW', value: 'x' }, dates: ['x'] }).unreadable).toEqual([
      'birthday.value',
      'dates[0]',
    ]);
  });

  test('null, blank text and empty objects say nothing', () => {
    expect(account({ a: null, b: ' ', c: {}, d: [], e: [null, {}] })).toEqual({
      providerData: {},
      unreadable: [],
    });
  });

  test('a key named __proto__ is a leaf like any other', () => {
    const { providerData } = account(JSON.parse('{"__proto__":{"a":1}}'));
    expect(JSON.stringify(providerData)).toBe('{"__proto__":{"a":1}}');
  });

  test('a result that is no object has no leaves', () => {
    for (const result of [null, 'text', 7, [1]]) {
      expect(account(result).unreadable).toEqual([]);
    }
  });

  test('a key [] of an object is no entry of a list', () => {
    const { providerData, unreadable } = account({ documents: { '[]': { number: true } } });
    expect({ providerData, unreadable }).toEqual({
      providerData: { documents: { '[]': { number: true } } },
      unreadable: [],
    });
  });

  test('what is nested in more than 100 levels is named as unreadable, so that the event can be written as JSON', () => {
    // Prepare
    const deep: unknown = JSON.parse(`{"a":${'['.repeat(20_000)}1${']'.repeat(20_000)},"b":[[[2]]]}`);
    // Act
    const { providerData, unreadable } = account(deep);
    // Assess
    expect(providerData).toEqual({ b: [[[2]]] });
    expect(unreadable).toEqual([`a${'[0]'.repeat(99)}`]);
  });

  test('nothing is named as unreadable below an omitted path, however deep it is', () => {
    const deep: unknown = JSON.parse(`{"secret":${'['.repeat(20_000)}1${']'.repeat(20_000)}}`);
    expect(account(deep)).toEqual({ providerData: {}, unreadable: [] });
  });
});
