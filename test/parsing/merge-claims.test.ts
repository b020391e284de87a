import { expect, test } from 'vitest';
import { mergeClaims } from '../../shared/parsing/merge-claims.ts';

test('mergeClaims takes each claim from the first source that has it', () => {
  expect(mergeClaims([{ given_name: 'ANNA' }, { given_name: 'ANNE', family_name: 'MARTIN' }])).toEqual({
    given_name: 'ANNA',
    family_name: 'MARTIN',
  });
});

test('mergeClaims completes the place of birth, but no address, with the members of a later source', () => {
  const first = { place_of_birth: { country_code: 'FR' }, address: { locality: 'NICE' } };
  const second = {
    place_of_birth: { locality: 'LYON', country_code: 'BE' },
    address: { street_address: '1 rue X', locality: 'PARIS' },
  };
  expect(mergeClaims([first, second])).toEqual({
    place_of_birth: { locality: 'LYON', country_code: 'FR' },
    address: { locality: 'NICE' },
  });
});

test('mergeClaims returns no claims for no sources, and for sources without claims', () => {
  expect([mergeClaims([]), mergeClaims([{}, {}])]).toEqual([{}, {}]);
});
