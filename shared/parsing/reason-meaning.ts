import type { ReasonCategory } from '../contract/state.ts';

/** What a provider's code means, in our words. */
export interface ReasonMeaning {
  readonly code: string;
  readonly category: ReasonCategory;
}

/** A row of a provider's table of codes. */
export const as = <Code extends string, Category extends ReasonCategory>(code: Code, category: Category) => ({
  code,
  category,
});
