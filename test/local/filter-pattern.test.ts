import { describe, expect, it } from 'vitest';
import { compileFilterPatterns } from '../../local/stack/event-sources/filter-pattern.ts';

const record = {
  eventName: 'MODIFY',
  dynamodb: { NewImage: { state: { S: 'open' }, tries: { N: '3' }, done: { BOOL: false } } },
};

function image(attribute: object) {
  return { dynamodb: { NewImage: attribute } };
}

describe('event source filters', () => {
  it.each([
    ['an equal value', { eventName: ['INSERT', 'MODIFY'] }, true],
    ['another value', { eventName: ['REMOVE'] }, false],
    ['an equal boolean', image({ done: { BOOL: [false] } }), true],
    [
      'two fields of which only one is equal',
      { eventName: ['MODIFY'], ...image({ state: { S: ['closed'] } }) },
      false,
    ],
    ['a matching prefix', image({ state: { S: [{ prefix: 'op' }] } }), true],
    ['another prefix', image({ state: { S: [{ prefix: 'cl' }] } }), false],
    ['a matching suffix', image({ state: { S: [{ suffix: 'en' }] } }), true],
    ['exists: true for a present field', image({ state: { S: [{ exists: true }] } }), true],
    ['exists: true for an absent field', image({ other: { S: [{ exists: true }] } }), false],
    ['exists: false for an absent field', image({ other: { S: [{ exists: false }] } }), true],
    ['anything-but another value', { eventName: [{ 'anything-but': ['REMOVE'] }] }, true],
    ['anything-but the value', { eventName: [{ 'anything-but': ['MODIFY'] }] }, false],
    ['anything-but the prefix', { eventName: [{ 'anything-but': { prefix: 'MOD' } }] }, false],
    [
      'a numeric range with a DynamoDB number in it',
      image({ tries: { N: [{ numeric: ['>', 0, '<=', 3] }] } }),
      true,
    ],
    ['a numeric range without the number', image({ tries: { N: [{ numeric: ['>', 3] }] } }), false],
    ['an absent field', { userIdentity: { type: ['Service'] } }, false],
  ])(
    'the filter of an event source selects records by a pattern: %s, selected: $2',
    (_name, pattern, expected) => {
      expect(compileFilterPatterns('mapping', [JSON.stringify(pattern)])(record)).toBe(expected);
    },
  );

  it('the filter of an event source selects a record if one of its patterns matches', () => {
    const patterns = [{ eventName: ['REMOVE'] }, { eventName: ['MODIFY'] }].map((each) =>
      JSON.stringify(each),
    );

    expect(compileFilterPatterns('mapping', patterns)(record)).toBe(true);
  });

  it.each(['cidr', 'wildcard', 'equals-ignore-case'])(
    'compileFilterPatterns refuses the unsupported operator %s, and names it in the error',
    (operator) => {
      const pattern = JSON.stringify({ eventName: [{ [operator]: 'x' }] });

      expect(() => compileFilterPatterns('Mapping', [pattern])).toThrow(operator);
    },
  );

  it('compileFilterPatterns refuses the unsupported operator $or, and names it in the error', () => {
    expect(() => compileFilterPatterns('Mapping', [JSON.stringify({ $or: [] })])).toThrow('$or');
  });
});
