import { expectTypeOf, test } from 'vitest';
import type { Origin } from '../../shared/contract/transition.ts';

test('an origin with members of another kind does not compile', () => {
  expectTypeOf<{ kind: 'hint'; onRepeat: 'compare' }>().toExtend<Origin>();
  expectTypeOf<{ kind: 'statement'; signals: 'step'; evidence: 'none' }>().toExtend<Origin>();
  expectTypeOf<{ kind: 'lookup'; requestedBy: 3; effect: 'revise' }>().toExtend<Origin>();
  // @ts-expect-error: a hint always requests evidence.
  ({ kind: 'hint', onRepeat: 'ignore', evidence: 'none' }) satisfies Origin;
  // @ts-expect-error: a statement has no `requestedBy`.
  ({ kind: 'statement', signals: 'state', evidence: 'fetch', requestedBy: 3 }) satisfies Origin;
  // @ts-expect-error: a lookup must have a `requestedBy`.
  ({ kind: 'lookup', effect: 'decide' }) satisfies Origin;
  // @ts-expect-error: a lookup never requests evidence.
  ({ kind: 'lookup', requestedBy: 3, effect: 'decide', evidence: 'fetch' }) satisfies Origin;
  // @ts-expect-error: only a repeated hint requests a comparison.
  ({ kind: 'statement', signals: 'state', evidence: 'fetch', onRepeat: 'compare' }) satisfies Origin;
});
