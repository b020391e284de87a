interface Header {
  readonly name: string;
  readonly value: string;
}

/**
 * Builds the member `callback_endpoints` for ID360's request "create a user folder" (developer guide, 2): the callback
 * URL and the secret header. The letters in the member `on` are those of the guide's example. The guide does not explain
 * these letters, and our receiver does not need them.
 */
export function buildId360CallbackEndpoints(url: string, header: Header) {
  return { callback_endpoints: [{ url, on: ['E', 'F', 'C'], headers: [header] }] };
}
