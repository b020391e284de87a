import type { Reading } from './reading.ts';

/** A case in a provider's list, or the reason why a list, or an entry of it, cannot be used. */
export type ListedCase = Reading | { readonly kind: 'not-listed'; readonly why: string };
