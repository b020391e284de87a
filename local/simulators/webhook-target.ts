/** The endpoint that a webhook is sent to, with its credentials. */
export interface WebhookTarget {
  url: string;
  /** The user name for basic authentication, if the provider uses it. */
  username?: string;
  password?: string;
  /** Extra headers, for a provider that sends its secret in a header. */
  headers?: Readonly<Record<string, string>>;
  /** Headers that depend on the body, for a provider that signs its bodies. */
  sign?: (body: string) => Readonly<Record<string, string>>;
}

/** Builds the request headers for a target: the content type and the credentials. */
export function webhookHeaders(target: WebhookTarget, body: string): Headers {
  const headers = new Headers({ ...target.headers, ...target.sign?.(body) });
  headers.set('content-type', 'application/json; charset=utf-8');
  if (target.username !== undefined) {
    const credentials = Buffer.from(`${target.username}:${target.password ?? ''}`, 'utf8');
    headers.set('authorization', `Basic ${credentials.toString('base64')}`);
  }
  return headers;
}
