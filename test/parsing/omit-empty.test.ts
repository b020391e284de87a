import { expect, test } from 'vitest';
import { omitEmptyFields } from '../../shared/parsing/omit-empty.ts';

test('fields that are null, undefined, an empty object or an empty list are omitted, and no others', () => {
  const kept = { text: '', number: 0, no: false, object: { a: null }, list: [null] };
  expect(omitEmptyFields({ ...kept, a: null, b: undefined, c: {}, d: [] })).toEqual(kept);
});

test('a field with the name __proto__ is a field like any other', () => {
  const fields: Record<string, unknown> = JSON.parse('{"__proto__":{"a":1},"b":2}');
  const kept = omitEmptyFields(fields);
  expect(JSON.stringify({ ...kept })).toBe('{"__proto__":{"a":1},"b":2}');
  expect(Object.getPrototypeOf(kept)).toBe(Object.prototype);
});
