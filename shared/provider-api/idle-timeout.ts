/**
 * Passes a body on, and aborts the call if the provider sends no chunk for `idleMs` milliseconds. Only the time in which
 * the reader waits for a chunk counts. While the reader stores a chunk, the provider is not silent.
 *
 * @param call aborts the call to which the body belongs
 */
export function abortCallWhenIdle(
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
    // With the high-water mark 0, the stream requests a chunk from the provider only when its reader requests a chunk.
    { highWaterMark: 0 },
  );
}
