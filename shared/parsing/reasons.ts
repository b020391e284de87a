import type { Reason, ReasonCategory } from '../contract/state.ts';
import { findByCode } from './find-by-code.ts';

/** What a provider's reason code means: our code for it, and its category. */
export interface ReasonMeaning {
  readonly code: string;
  readonly category: ReasonCategory;
}

/** Makes an entry of a provider's table of reason codes. */
export const reason = <Code extends string, Category extends ReasonCategory>(
  code: Code,
  category: Category,
) => ({ code, category });

/**
 * Maps a provider's reason code to ours. An unknown code gets the code and the category `other`. No known code has the
 * code `other`, so that unknown codes can be counted by it.
 *
 * @param meanings keyed by the provider's code in upper case
 */
export function mapReason(meanings: ReadonlyMap<string, ReasonMeaning>, providerCode: string): Reason {
  const { code, category } = findByCode(meanings, providerCode) ?? { code: 'other', category: 'other' };
  return { code, category, providerCode };
}
