export interface WebhookTarget {
  url: string;
  /** Basic authentication, where the provider uses it. */
  username?: string;
  password?: string;
  /** Headers of its own, where the provider sends its secret in one. */
  headers?: Readonly<Record<string, string>>;
  /** Headers that depend on the body, for a provider that signs its bodies. */
  sign?: (body: string) => Readonly<Record<string, string>>;
}

/** The request headers for a target: JSON, and whatever credential it asks for. */
export function webhookHeaders(target: WebhookTarget, body: string): Headers {
  const headers = new Headers({ ...target.headers, ...target.sign?.(body) });
  headers.set('content-type', 'application/json; charset=utf-8');
  if (target.username !== undefined) {
    const credentials = Buffer.from(`${target.username}:${target.password ?? ''}`, 'utf8');
    headers.set('authorization', `Basic ${credentials.toString('base64')}`);
  }
  return headers;
}
