import type { LeavesWithoutField } from '../../parsing/account-for-leaves.ts';
import { parseInstant } from '../../parsing/instant.ts';
import { buildProviderData } from '../../parsing/provider-data.ts';
import { accountForReportLeaves } from './leaf-table.ts';
import { isText, parseText } from './texts.ts';

/**
 * Returns what no other member of the findings contains, under ID360's names. Times are in UTC.
 *
 * @param cut the paths of the lists that have more entries than we read
 */
export function buildReportProviderData(report: unknown, cut: readonly string[]): Record<string, unknown> {
  const { providerData, unreadable } = convertTimes(accountForReportLeaves(report));
  return buildProviderData({ providerData, unreadable: [...unreadable, ...cut] });
}

/** Converts the times of a report to instants in UTC. A text that is no time is named instead. */
function convertTimes({ providerData, unreadable }: LeavesWithoutField): LeavesWithoutField {
  const times = ['creation_time', 'starting_time', 'finished_time'].flatMap((key) => {
    const given = providerData[key];
    return isText(given) ? [[key, parseInstant(parseText(given))] as const] : [];
  });
  return {
    // A time that cannot be read is undefined, and so is no member of the JSON.
    providerData: {
      ...providerData,
      ...Object.fromEntries(times.map(([key, time]) => [key, time ?? undefined])),
    },
    unreadable: [...times.flatMap(([key, time]) => (time === null ? [key] : [])), ...unreadable],
  };
}
