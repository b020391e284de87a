import { expectTypeOf, test } from 'vitest';
import type { Origin } from '../../shared/contract/transition.ts';

test('an origin has the members of its kind and no others', () => {
  expectTypeOf<{ kind: 'hint'; onRepeat: 'compare' }>().toExtend<Origin>();
  expectTypeOf<{ kind: 'statement'; signals: 'step'; evidence: 'none' }>().toExtend<Origin>();
  expectTypeOf<{ kind: 'lookup'; requestedBy: 3; effect: 'revise' }>().toExtend<Origin>();
  // @ts-expect-error: a hint always requests evidence.
  ({ kind: 'hint', onRepeat: 'ignore', evidence: 'none' }) satisfies Origin;
  // @ts-expect-error: nobody requests a statement.
  ({ kind: 'statement', signals: 'state', evidence: 'fetch', requestedBy: 3 }) satisfies Origin;
  // @ts-expect-error: a lookup is always requested.
  ({ kind: 'lookup', effect: 'decide' }) satisfies Origin;
  // @ts-expect-error: a lookup is archived already.
  ({ kind: 'lookup', requestedBy: 3, effect: 'decide', evidence: 'fetch' }) satisfies Origin;
  // @ts-expect-error: only hints are compared when they are repeated.
  ({ kind: 'statement', signals: 'state', evidence: 'fetch', onRepeat: 'compare' }) satisfies Origin;
});
