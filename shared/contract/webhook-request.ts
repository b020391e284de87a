/** A delivery as it came in, on the raw bytes. */
export interface WebhookRequest {
  readonly method: string;
  /** The connection's address, as API Gateway saw it: never a header, which anyone can write. */
  readonly sourceIp: string;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** `{reference}` and `{signature}` of a signed callback URL. */
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}
