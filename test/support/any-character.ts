import * as fc from 'fast-check';

const surrogates = { start: 0xd800, count: 0x800 };

/**
 * Any character of Unicode, as a unit for `fc.string`. The unit `binary` of fast-check generates the same characters, but
 * for each arbitrary it spends a second and much memory on a table of all characters.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .nat({ max: 0x10ffff - surrogates.count })
  .map((index) => String.fromCodePoint(index < surrogates.start ? index : index + surrogates.count));
