import type { PersonClaims } from '../contract/identity.ts';
import { omitEmptyFields } from './omit-empty.ts';

/**
 * Merges what several sources say about one person. Each claim is from the first source that has it. The members of
 * `place_of_birth` are merged one by one, because a source may give only the country.
 *
 * @param sources the most trusted source first
 */
export function mergeClaims(sources: readonly PersonClaims[]): PersonClaims {
  const leastTrustedFirst = sources.toReversed();
  const claims: PersonClaims = Object.assign({}, ...leastTrustedFirst);
  const place: PersonClaims['place_of_birth'] = Object.assign(
    {},
    ...leastTrustedFirst.map(({ place_of_birth }) => place_of_birth),
  );
  return { ...claims, ...omitEmptyFields({ place_of_birth: place }) };
}
