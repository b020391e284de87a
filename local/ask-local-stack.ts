/**
 * The result of a request to the address of a local stack. `absent`: no server answers. `starting`: a local stack
 * answers that it is still starting. `answered`: a server answers, but it may be another program than a local stack.
 */
export type LocalStackAnswer =
  | { readonly kind: 'absent'; readonly cause: unknown }
  | { readonly kind: 'starting' }
  | { readonly kind: 'answered'; readonly body: unknown };

/**
 * Requests the description of a local stack: `GET /_local`. A local stack that is still starting answers 503 with
 * `{"ready":false}`.
 */
export async function fetchLocalStackDescription(base: string): Promise<LocalStackAnswer> {
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
