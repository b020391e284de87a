/**
 * An HTTP answer. The headers are a list, because a name can be repeated (Set-Cookie), and its spelling is preserved.
 */
export interface HttpAnswer {
  status: number;
  headers: [string, string][];
  body: Buffer;
}
