/** The error of a function, with Lambda's field names. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

export type InvocationResult =
  | { kind: 'succeeded'; requestId: string; payload: unknown }
  | { kind: 'failed'; requestId: string; error: FunctionError };

/** A message to the thread of an instance. As on Lambda, events and payloads are JSON text. */
export interface InvocationRequest {
  requestId: string;
  functionArn: string;
  event: string;
  deadlineMs: number;
}

/** A message from the thread of an instance. */
export type InstanceMessage =
  | { kind: 'ready' }
  | { kind: 'init-failed'; error: FunctionError }
  | { kind: 'succeeded'; payload: string }
  | { kind: 'failed'; error: FunctionError };
