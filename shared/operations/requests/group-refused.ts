import type { LoggedRequest } from '../stack/request-log.ts';

/** By what refused requests can be grouped. `path` is the route, never the path of a request. */
export const refusalGroupings = ['reason', 'address', 'path'] as const;
export type RefusalGrouping = (typeof refusalGroupings)[number];

/** Refused requests that have the same reason, address or path. */
export interface RefusedGroup {
  readonly group: string;
  readonly count: number;
  /** The statuses of our answers, in ascending order. */
  readonly statuses: readonly number[];
  /** The providers that the requests were for. */
  readonly providers: readonly string[];
  /** When the first and the last of them arrived, as ISO 8601 instants. */
  readonly first: string;
  readonly last: string;
}

/** The name of the reason of an answer for which no log has a reason. */
const reasonsByStatus: Readonly<Record<number, string>> = {
  404: 'no such path',
  405: 'method is not POST',
};

/** Groups refused requests. The largest group comes first. This function is pure. @param requests oldest first */
export function groupRefusedRequests(
  requests: readonly LoggedRequest[],
  by: RefusalGrouping,
): RefusedGroup[] {
  const groups = Map.groupBy(requests, (request) => nameOf(request, by));
  return [...groups]
    .map(([group, members]) => ({
      group,
      count: members.length,
      statuses: [...new Set(members.map(({ status }) => status))].toSorted((a, b) => a - b),
      providers: [...new Set(members.flatMap(({ provider }) => provider ?? []))].toSorted(),
      first: members[0]?.time ?? '',
      last: members.at(-1)?.time ?? '',
    }))
    .toSorted((a, b) => b.count - a.count);
}

function nameOf({ sourceAddress, method, resource, status, reason }: LoggedRequest, by: RefusalGrouping) {
  switch (by) {
    case 'address':
      return sourceAddress;
    case 'reason':
      return reasonsByStatus[status] ?? reason ?? `status ${status}`;
    case 'path':
      return `${method} ${resource ?? '(no such path)'}`;
  }
}
