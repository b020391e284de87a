import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeDistinctEntryNames } from '../../../shared/evidence/archive/entry-names.ts';

describe('entryNames', () => {
  test.each([
    ['different names stay unchanged', ['a.jpg', 'A.jpg', 'b/a.jpg'], ['a.jpg', 'A.jpg', 'b/a.jpg']],
    ['repeated names get a number', ['a.jpg', 'a.jpg', 'a.jpg'], ['a.jpg', 'a~2.jpg', 'a~3.jpg']],
    ['a repeated name gets a number that no other name has', ['a', 'a', 'a~2'], ['a', 'a~3', 'a~2']],
    [
      'names that are equal after characters were replaced get a number',
      ['a\u0000', 'a\u0001', 'a_'],
      ['a_', 'a_~2', 'a_~3'],
    ],
    [
      'names that are equal without empty segments get a number',
      ['a/b', 'a//b', './a/b'],
      ['a/b', 'a/b~2', 'a/b~3'],
    ],
    [
      'characters that XML cannot contain are replaced',
      ['a\ufffe', 'b\uffff', 'c\ud800'],
      ['a_', 'b_', 'c\ufffd'],
    ],
    [
      'names that lead out of the folder become null',
      ['../a', '/a', 'C:a', 'a/..'],
      [null, null, null, null],
    ],
    ['names without any segment become null', ['', '.', './/.'], [null, null, null]],
  ])('the names of ZIP entries become unique and safe: %s', (_title, names, expected) => {
    expect(makeDistinctEntryNames(names)).toEqual(expected);
  });

  test('ZIP entries get artifact names that are distinct, stay in the folder, and depend only on the entries’ names', () => {
    const segment = fc.constantFrom('a', 'a~2', 'b.jpg', '', '.', '..', '\u0000', '\ud800', 'é');
    const name = fc.array(segment, { maxLength: 3 }).map((segments) => segments.join('/'));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 20 }), (names) => {
        const given = makeDistinctEntryNames(names);
        const kept = given.filter((each) => each !== null);
        expect(new Set(kept).size).toBe(kept.length);
        for (const each of kept) expect(new URL(each, 'x://h/files/').pathname).toMatch(/^\/files\/./);
        expect(makeDistinctEntryNames(names)).toEqual(given);
      }),
    );
  });
});
