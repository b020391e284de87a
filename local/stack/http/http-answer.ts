/** What goes back to the client. Headers are a list: names repeat (Set-Cookie), and keep their case. */
export interface HttpAnswer {
  status: number;
  headers: [string, string][];
  body: Buffer;
}
