/**
 * Passes a body on until the signal is aborted. A read that waits for the body then fails at once, even if the body itself
 * never ends.
 *
 * This is an iterator of its own, because a stream of Node would copy the bytes.
 */
export function readUntilAborted(
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Required<Pick<AsyncIterator<Uint8Array, undefined>, 'next' | 'return'>> {
  const chunks = body[Symbol.asyncIterator]();
  let failPendingRead: (reason: unknown) => void = () => undefined;
  const onAbort = () => failPendingRead(signal.reason);
  const stopListening = () => signal.removeEventListener('abort', onAbort);
  signal.addEventListener('abort', onAbort);
  return {
    next: () =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        failPendingRead = reject;
        chunks.next().then(({ done, value }) => {
          if (done) stopListening();
          resolve(done ? { done: true, value: undefined } : { done: false, value });
        }, reject);
      }),
    async return() {
      stopListening();
      await chunks.return?.();
      return { done: true, value: undefined };
    },
  };
}
