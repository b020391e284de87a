import { expectTypeOf, test } from 'vitest';
import type { Origin } from '../../shared/contract/transition.ts';

test('the type Origin rejects a member that belongs to another kind of origin', () => {
  expectTypeOf<{ kind: 'hint'; onRepeat: 'compare' }>().toExtend<Origin>();
  expectTypeOf<{ kind: 'statement'; signals: 'step'; evidence: 'none' }>().toExtend<Origin>();
  expectTypeOf<{ kind: 'lookup'; requestedBy: 3; effect: 'revise' }>().toExtend<Origin>();
  // @ts-expect-error: a hint has no member `evidence`, because every hint requests evidence.
  ({ kind: 'hint', onRepeat: 'ignore', evidence: 'none' }) satisfies Origin;
  // @ts-expect-error: a statement has no member `requestedBy`. Only a lookup is requested by an event.
  ({ kind: 'statement', signals: 'state', evidence: 'fetch', requestedBy: 3 }) satisfies Origin;
  // @ts-expect-error: a step never requests evidence.
  ({ kind: 'statement', signals: 'step', evidence: 'fetch' }) satisfies Origin;
  // @ts-expect-error: a lookup must have the member `requestedBy`.
  ({ kind: 'lookup', effect: 'decide' }) satisfies Origin;
  // @ts-expect-error: a lookup has no member `evidence`, because a lookup never requests evidence.
  ({ kind: 'lookup', requestedBy: 3, effect: 'decide', evidence: 'fetch' }) satisfies Origin;
  // @ts-expect-error: a statement has no member `onRepeat`. Only a repeated hint can request a comparison.
  ({ kind: 'statement', signals: 'state', evidence: 'fetch', onRepeat: 'compare' }) satisfies Origin;
});
