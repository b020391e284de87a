import * as fc from 'fast-check';

const surrogates = { start: 0xd800, count: 0x800 };

/**
 * Any character of Unicode, as a unit for `fc.string`. The unit `binary` of fast-check generates the same characters, but
 * for each arbitrary it spends about a second, and much memory, on a table of all characters.
 *
 * `fc.string` also generates names such as `__proto__` if a unit can tell that it generates their characters. The second
 * function is for this.
 */
export const anyCharacter: fc.Arbitrary<string> = fc.nat({ max: 0x10ffff - surrogates.count }).map(
  (index) => String.fromCodePoint(index < surrogates.start ? index : index + surrogates.count),
  (character) => {
    const point = typeof character === 'string' ? character.codePointAt(0) : undefined;
    if (point === undefined || character !== String.fromCodePoint(point))
      throw new Error('not one character');
    if (point < surrogates.start) return point;
    if (point < surrogates.start + surrogates.count) throw new Error('half a surrogate pair');
    return point - surrogates.count;
  },
);
