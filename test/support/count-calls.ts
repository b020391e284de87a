import type { VerificationStore } from '../../shared/verifications/verification-store.ts';

/** Wraps a store so that it records the kinds of its calls. */
export function countCalls(store: VerificationStore) {
  const calls: ('read' | 'write')[] = [];
  const counting: VerificationStore = {
    remembered: store.remembered,
    read(verificationId) {
      calls.push('read');
      return store.read(verificationId);
    },
    write(...given) {
      calls.push('write');
      return store.write(...given);
    },
  };
  return { counting, calls };
}
