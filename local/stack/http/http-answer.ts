/** An HTTP answer. The headers are a list of pairs, because a name can occur several times (Set-Cookie). */
export interface HttpAnswer {
  status: number;
  headers: [string, string][];
  body: Buffer;
}
