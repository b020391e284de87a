import type { Reason, ReasonCategory } from '../contract/state.ts';
import { findByCode } from './find-by-code.ts';

/** The meaning of a provider's reason code: our code for it, and its category. */
export interface ReasonMeaning {
  readonly code: string;
  readonly category: ReasonCategory;
}

/** Makes an entry for a provider's table of reason codes. */
export const makeReasonMeaning = <Code extends string, Category extends ReasonCategory>(
  code: Code,
  category: Category,
) => ({ code, category });

/**
 * Makes a reason from a provider's reason code. If the provider's code is unknown, the code and the category of the
 * reason are both `other`. No known code has the meaning `other`, so that unknown codes can be counted.
 *
 * @param meanings keyed by the provider's code in upper case
 */
export function mapReasonCode(meanings: ReadonlyMap<string, ReasonMeaning>, providerCode: string): Reason {
  const { code, category } = findByCode(meanings, providerCode) ?? { code: 'other', category: 'other' };
  return { code, category, providerCode };
}
