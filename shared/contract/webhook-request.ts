/** The HTTP request of a delivery, with the raw bytes of its body. */
export interface WebhookRequest {
  readonly method: string;
  /**
   * The address of the connection, from API Gateway. It never comes from a header, because every sender can write
   * headers.
   */
  readonly sourceIp: string;
  /** The names of the headers are in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** `{reference}` and `{signature}` of a signed callback URL. */
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}
