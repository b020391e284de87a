/** What answers at an address: nothing, a local stack that still starts, or something that may be a running one. */
export type LocalStackAnswer =
  | { readonly kind: 'absent'; readonly cause: unknown }
  | { readonly kind: 'starting' }
  | { readonly kind: 'answered'; readonly body: unknown };

/** Asks `GET /_local`, which a local stack answers with 503 and `{"ready":false}` until it serves. */
export async function askLocalStack(base: string): Promise<LocalStackAnswer> {
  try {
    const response = await fetch(`${base}/_local`);
    const body: unknown = await response.json();
    return response.status === 503 && isNotReady(body) ? { kind: 'starting' } : { kind: 'answered', body };
  } catch (cause) {
    return { kind: 'absent', cause };
  }
}

function isNotReady(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'ready' in body && body.ready === false;
}
