/**
 * Passes a body on, and aborts the call where no chunk comes for too long. Only the time that the reader waits counts:
 * a reader that is slow to store a chunk is not the sender's silence.
 *
 * @param call ends the call that the body belongs to
 */
export function untilIdle(
  body: ReadableStream<Uint8Array>,
  idleMs: number,
  call: AbortController,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const silent = () => call.abort(new DOMException(`no byte for ${idleMs} ms`, 'TimeoutError'));
        const timer = setTimeout(silent, idleMs);
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
    // Asks for a chunk only when the reader does.
    { highWaterMark: 0 },
  );
}
