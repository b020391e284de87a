/** The HTTP request of a delivery, with the raw bytes of its body. */
export interface WebhookRequest {
  /** API Gateway's id of the request. The access log of the API has the same id. */
  readonly requestId: string;
  readonly method: string;
  /**
   * The IP address of the sender, as API Gateway sees it. It never comes from a header, because every sender can write
   * headers.
   */
  readonly sourceIp: string;
  /** The headers of the request. Their names are in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** The parameters `reference` and `signature` from the path of a signed URL. */
  readonly pathParameters: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}
