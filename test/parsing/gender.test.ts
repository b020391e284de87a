import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseGender } from '../../shared/parsing/gender.ts';
import { anyCharacter } from '../support/any-character.ts';

describe('parseGender', () => {
  const male =
    'M m MALE Man H Homme masculin Masculin Monsieur M. Mann männlich MÄNNLICH maennlich Herr Hr. Mr Mr.';
  test.each(male.split(' '))('parseGender reads %s as male', (word) => {
    expect(parseGender(word)).toBe('male');
    expect(parseGender(` ${word}\n`)).toBe('male');
  });

  const female =
    'F f FEMALE Woman W Femme FÉMININ féminin Madame Mme Mlle Mademoiselle Frau Fr. weiblich Mrs Mrs. Ms Miss';
  test.each(female.split(' '))('parseGender reads %s as female', (word) => {
    expect(parseGender(word)).toBe('female');
    expect(parseGender(word.normalize('NFD'))).toBe('female');
  });

  test.each([
    ['X', 'x'],
    ['Divers', 'divers'],
    [' Non-Binary ', 'non-binary'],
    ['UNKNOWN', 'unknown'],
    ['<', '<'],
    ['D', 'd'],
    ['other', 'other'],
    ['Diverse', 'diverse'],
    ['Unspecified', 'unspecified'],
    ['Non spécifié', 'non spécifié'],
    ['non_binary', 'non_binary'],
  ])(
    'parseGender keeps the word %j for another or an unspecified gender, in lower case: %j',
    (text, expected) => {
      expect(parseGender(text)).toBe(expected);
    },
  );

  test.each(['', ' \n', null, undefined])('parseGender returns null for %j', (value) => {
    expect(parseGender(value)).toBeNull();
  });

  test.each(['Algérie', 'N/A', '-', 'M/F', 'Dr.', '1', 'constructor', `M${'a'.repeat(1000)}`])(
    'parseGender returns null for %j, because it is no word for a gender',
    (value) => {
      expect(parseGender(value)).toBeNull();
    },
  );

  test('for any text, parseGender returns male, female, the text itself or null', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 30 }), (text) => {
        const given = text.trim().toLowerCase();
        expect(['male', 'female', given, null]).toContain(parseGender(text));
      }),
    );
  });
});
