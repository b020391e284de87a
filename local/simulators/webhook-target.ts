/** The URL to which webhooks are sent, and the credentials that the webhooks contain. */
export interface WebhookUrlAndCredentials {
  url: string;
  /** The user name for basic authentication. Absent if the provider does not use basic authentication. */
  username?: string;
  password?: string;
  /** Extra request headers. A provider such as ID360 sends its secret in a header. */
  headers?: Readonly<Record<string, string>>;
  /** Returns extra headers that depend on the body, for a provider that signs its webhook bodies. */
  sign?: (body: string) => Readonly<Record<string, string>>;
}

/** Builds the request headers of a webhook: the content type, the credentials and the extra headers. */
export function buildWebhookHeaders(target: WebhookUrlAndCredentials, body: string): Headers {
  const headers = new Headers({ ...target.headers, ...target.sign?.(body) });
  headers.set('content-type', 'application/json; charset=utf-8');
  if (target.username !== undefined) {
    const credentials = Buffer.from(`${target.username}:${target.password ?? ''}`, 'utf8');
    headers.set('authorization', `Basic ${credentials.toString('base64')}`);
  }
  return headers;
}
