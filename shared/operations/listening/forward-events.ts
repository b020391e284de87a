import type { VerificationEvent } from '../../contract/verification-event.ts';

/** The answer of a consumer to an event. */
export interface ForwardedEvent {
  readonly verificationId: string;
  readonly eventId: string;
  readonly sequence: number;
  /** The status of the answer; null if there was none. */
  readonly status: number | null;
  /** Why there was no answer, such as `ECONNREFUSED` or `no answer within 10 s`; null if there was one. */
  readonly failure: string | null;
}

export interface Forwarder {
  /** Sends an event after all earlier events of its case have been answered. */
  forward(event: VerificationEvent): void;
  /** Waits until all events have been answered. */
  finish(): Promise<void>;
}

/** The time that a consumer has for its answer. */
const timeoutMs = 10_000;

/**
 * Creates a forwarder. It POSTs each event as a CloudEvent in the structured mode. It does not try again: a consumer under
 * development gets each event once, and its answer is reported.
 */
export function createForwarder(
  url: URL,
  { onAnswer, signal }: { readonly onAnswer: (answer: ForwardedEvent) => void; readonly signal: AbortSignal },
): Forwarder {
  const cases = new Map<string, Promise<void>>();
  return {
    forward(event) {
      const { subject } = event;
      const sent = (cases.get(subject) ?? Promise.resolve())
        .then(() => post(url, event, signal))
        .then(onAnswer)
        .finally(() => {
          if (cases.get(subject) === sent) cases.delete(subject);
        });
      cases.set(subject, sent);
    },
    async finish() {
      await Promise.all(cases.values());
    },
  };
}

async function post(url: URL, event: VerificationEvent, signal: AbortSignal): Promise<ForwardedEvent> {
  const which = { verificationId: event.subject, eventId: event.id, sequence: event.data.sequence };
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json; charset=utf-8' },
      body: JSON.stringify(event),
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    await response.body?.cancel();
    return { ...which, status: response.status, failure: null };
  } catch (error) {
    return { ...which, status: null, failure: describeFailure(error) };
  }
}

function describeFailure(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'AbortError') return 'stopped before the answer';
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.name;
  // Without a code, fetch has not tried: its message says why, such as `bad port`.
  return 'code' in cause ? String(cause.code) : cause.message;
}
