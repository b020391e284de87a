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
  let isWaiting = false;
  // One timer serves all chunks, because a large file has many thousands of them.
  const timer = setTimeout(() => {
    if (isWaiting) call.abort(new DOMException(`no byte for ${idleMs} ms`, 'TimeoutError'));
  }, idleMs);
  const stopTimer = (error: unknown) => {
    clearTimeout(timer);
    throw error;
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        isWaiting = true;
        timer.refresh();
        const { done, value } = await reader.read().catch(stopTimer);
        isWaiting = false;
        if (!done) return controller.enqueue(value);
        clearTimeout(timer);
        controller.close();
      },
      cancel(reason) {
        clearTimeout(timer);
        return reader.cancel(reason);
      },
    },
    // With the high-water mark 0, the stream requests a chunk from the provider only when its reader requests a chunk.
    { highWaterMark: 0 },
  );
}
