import { type Command, Option } from 'commander';
import {
  groupRefusedRequests,
  type RefusalGrouping,
  type RefusedGroup,
  refusalGroupings,
} from '../../../shared/operations/requests/group-refused.ts';
import { clockAndIdGenerator } from '../../../shared/platform/clients.ts';
import { parseSince } from '../../operations/parse-since.ts';
import type { CommandTools, SharedOptions } from '../command-tools.ts';
import { formatTable } from '../format-table.ts';
import { formatTime } from '../format-time.ts';
import { addExamples, addSharedOptions } from '../shared-options.ts';

interface RefusedOptions extends SharedOptions {
  readonly since: string;
  readonly by: RefusalGrouping;
}

/** Adds `idv refused`: the requests that were answered with an error, from the access log. */
export function addRefusedCommand(idv: Command, { run }: CommandTools): void {
  const command = idv
    .command('refused')
    .description('list the requests that were answered with 4xx or 5xx, and why')
    .option('--since <time>', 'how far back: 90m, 24h, 30d', '6h')
    .addOption(new Option('--by <what>', 'how to group them').choices(refusalGroupings).default('reason'))
    .action(() =>
      run<RefusedOptions>(command, async (stack, { since, by }) => {
        const from = parseSince(since, clockAndIdGenerator.now());
        const requests = await stack.requests.read({ since: from, refusedOnly: true });
        const groups = groupRefusedRequests(requests, by);
        return {
          json: { since: from.toISOString(), by, groups },
          lines: formatGroups(groups, { by, since }),
        };
      }),
    );
  addExamples(addSharedOptions(command), [
    ['idv refused', 'the last six hours, by reason'],
    ['idv refused --by address --since 24h --stage live', 'who sends them, in a deployed stage'],
    ['idv refused --by path --json', 'which routes they are for, for a program'],
  ]);
}

function formatGroups(
  groups: readonly RefusedGroup[],
  { by, since }: Pick<RefusedOptions, 'by' | 'since'>,
): string[] {
  if (groups.length === 0) return [`No request was refused in the last ${since}.`];
  return formatTable(
    [by, 'requests', 'status', 'provider', 'first', 'last'],
    groups.map(({ group, count, statuses, providers, first, last }) => [
      group,
      String(count),
      statuses.join(', '),
      providers.join(', '),
      formatTime(first),
      formatTime(last),
    ]),
  );
}
