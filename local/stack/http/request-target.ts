/**
 * The path and the query of a request, as the sender sent them. The path is not normalized: `/a/../b` does not become
 * `/b`.
 */
export interface RequestPathAndQuery {
  path: string;
  query: URLSearchParams;
}

export function parseRequestPathAndQuery(target: string): RequestPathAndQuery {
  const mark = target.indexOf('?');
  if (mark === -1) return { path: target, query: new URLSearchParams() };
  return { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) };
}
