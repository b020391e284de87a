import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryNames } from '../../../shared/evidence/archive/entry-names.ts';

describe('the names of the files of a ZIP in the archive', () => {
  test.each([
    ['stay as they are where they differ', ['a.jpg', 'A.jpg', 'b/a.jpg'], ['a.jpg', 'A.jpg', 'b/a.jpg']],
    ['get a number where they repeat', ['a.jpg', 'a.jpg', 'a.jpg'], ['a.jpg', 'a~2.jpg', 'a~3.jpg']],
    ['get a number that no other file has', ['a', 'a', 'a~2'], ['a', 'a~3', 'a~2']],
    ['are told apart after characters were replaced', ['a\u0000', 'a\u0001', 'a_'], ['a_', 'a_~2', 'a_~3']],
    ['are told apart after empty segments were dropped', ['a/b', 'a//b', './a/b'], ['a/b', 'a/b~2', 'a/b~3']],
    ['hold nothing that XML cannot', ['a\ufffe', 'b\uffff', 'c\ud800'], ['a_', 'b_', 'c\ufffd']],
    ['are none where they lead out of the folder', ['../a', '/a', 'C:a', 'a/..'], [null, null, null, null]],
    ['are none where nothing is left of them', ['', '.', './/.'], [null, null, null]],
  ])('%s', (_title, names, expected) => {
    expect(entryNames(names)).toEqual(expected);
  });

  test('are distinct, stay below the folder, and depend on nothing but the names', () => {
    const segment = fc.constantFrom('a', 'a~2', 'b.jpg', '', '.', '..', '\u0000', '\ud800', 'é');
    const name = fc.array(segment, { maxLength: 3 }).map((segments) => segments.join('/'));
    fc.assert(
      fc.property(fc.array(name, { maxLength: 20 }), (names) => {
        const given = entryNames(names);
        const kept = given.filter((each) => each !== null);
        expect(new Set(kept).size).toBe(kept.length);
        for (const each of kept) expect(new URL(each, 'x://h/files/').pathname).toMatch(/^\/files\/./);
        expect(entryNames(names)).toEqual(given);
      }),
    );
  });
});
