/** How a function failed, in Lambda's words. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}

export type InvocationResult =
  | { kind: 'succeeded'; requestId: string; payload: unknown }
  | { kind: 'failed'; requestId: string; error: FunctionError };

/** To an instance's thread. Events and payloads cross as JSON text, as they do on Lambda. */
export interface InvocationRequest {
  requestId: string;
  functionArn: string;
  event: string;
  deadlineMs: number;
}

/** From an instance's thread. */
export type InstanceMessage =
  | { kind: 'ready' }
  | { kind: 'init-failed'; error: FunctionError }
  | { kind: 'succeeded'; payload: string }
  | { kind: 'failed'; error: FunctionError };
