/**
 * The answer of the server at an address. `absent`: no server answers. `starting`: a local stack is still starting.
 * `answered`: a server answers, but it can be another program than a local stack.
 */
export type LocalStackAnswer =
  | { readonly kind: 'absent'; readonly cause: unknown }
  | { readonly kind: 'starting' }
  | { readonly kind: 'answered'; readonly body: unknown };

/** Requests `GET /_local`. A local stack that is still starting answers with 503 and `{"ready":false}`. */
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
