/** The error of an invocation, with Lambda's field names. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

export type InvocationResult =
  | { kind: 'succeeded'; requestId: string; payload: unknown }
  | { kind: 'failed'; requestId: string; error: FunctionError };

/**
 * A request to the worker thread of a function instance: handle this event. As on Lambda, events and payloads are JSON
 * text.
 */
export interface InvocationRequest {
  requestId: string;
  functionArn: string;
  event: string;
  deadlineMs: number;
}

/** A message from the worker thread of a function instance: the init phase or an invocation has ended. */
export type FunctionWorkerThreadMessage =
  | { kind: 'ready' }
  | { kind: 'init-failed'; error: FunctionError }
  | { kind: 'succeeded'; payload: string }
  | { kind: 'failed'; error: FunctionError };
