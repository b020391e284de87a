/** An answer to the client. The headers are a list, because names can repeat (Set-Cookie) and keep their case. */
export interface HttpAnswer {
  status: number;
  headers: [string, string][];
  body: Buffer;
}
