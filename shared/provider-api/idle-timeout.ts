/**
 * Passes a body on, and aborts its call if no chunk arrives for too long. Only the time in which the reader waits for a
 * chunk counts, because a reader that stores a chunk slowly does not make the sender silent.
 *
 * @param call aborts the call that the body belongs to
 */
export function abortWhenIdle(
  body: ReadableStream<Uint8Array>,
  idleMs: number,
  call: AbortController,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const abort = () => call.abort(new DOMException(`no byte for ${idleMs} ms`, 'TimeoutError'));
        const timer = setTimeout(abort, idleMs);
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } finally {
          clearTimeout(timer);
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Request a chunk only when the reader requests one.
    { highWaterMark: 0 },
  );
}
