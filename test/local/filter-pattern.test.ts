import { describe, expect, it } from 'vitest';
import { compileFilters } from '../../local/stack/event-sources/filter-pattern.ts';

const record = {
  eventName: 'MODIFY',
  dynamodb: { NewImage: { state: { S: 'open' }, tries: { N: '3' }, done: { BOOL: false } } },
};

function image(attribute: object) {
  return { dynamodb: { NewImage: attribute } };
}

describe('event source filters', () => {
  it.each([
    ['equality', { eventName: ['INSERT', 'MODIFY'] }, true],
    ['equality, another value', { eventName: ['REMOVE'] }, false],
    ['a boolean', image({ done: { BOOL: [false] } }), true],
    ['all fields must match', { eventName: ['MODIFY'], ...image({ state: { S: ['closed'] } }) }, false],
    ['prefix', image({ state: { S: [{ prefix: 'op' }] } }), true],
    ['prefix, another', image({ state: { S: [{ prefix: 'cl' }] } }), false],
    ['suffix', image({ state: { S: [{ suffix: 'en' }] } }), true],
    ['exists', image({ state: { S: [{ exists: true }] } }), true],
    ['exists, not there', image({ other: { S: [{ exists: true }] } }), false],
    ['exists false', image({ other: { S: [{ exists: false }] } }), true],
    ['anything-but', { eventName: [{ 'anything-but': ['REMOVE'] }] }, true],
    ['anything-but, the value', { eventName: [{ 'anything-but': ['MODIFY'] }] }, false],
    ['anything-but prefix', { eventName: [{ 'anything-but': { prefix: 'MOD' } }] }, false],
    ['numeric on a DynamoDB number', image({ tries: { N: [{ numeric: ['>', 0, '<=', 3] }] } }), true],
    ['numeric, out of range', image({ tries: { N: [{ numeric: ['>', 3] }] } }), false],
    ['no field', { userIdentity: { type: ['Service'] } }, false],
  ])('%s', (_name, pattern, expected) => {
    expect(compileFilters('mapping', [JSON.stringify(pattern)])(record)).toBe(expected);
  });

  it('passes when one of several patterns matches', () => {
    const patterns = [{ eventName: ['REMOVE'] }, { eventName: ['MODIFY'] }].map((each) =>
      JSON.stringify(each),
    );

    expect(compileFilters('mapping', patterns)(record)).toBe(true);
  });

  it.each(['cidr', 'wildcard', 'equals-ignore-case'])('refuses operator %s by its name', (operator) => {
    const pattern = JSON.stringify({ eventName: [{ [operator]: 'x' }] });

    expect(() => compileFilters('Mapping', [pattern])).toThrow(operator);
  });

  it('refuses $or by its name', () => {
    expect(() => compileFilters('Mapping', [JSON.stringify({ $or: [] })])).toThrow('$or');
  });
});
