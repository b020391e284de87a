import { metricNames, metrics } from '../../shared/platform/metrics.ts';
import type { SynthesizedMonitoring } from './dashboard-body.ts';

const dimensions = { provider: 'stage, provider', stage: 'stage', both: 'stage, provider; stage' } as const;

/** The table of our metrics, and the list of the alarms of a stage, as Markdown. */
export function formatMonitoringTables({ alarms }: Pick<SynthesizedMonitoring, 'alarms'>): string {
  return [
    '## Alarms',
    '',
    '| alarm | rings because | runbook |',
    '|---|---|---|',
    ...[...alarms.values()].map(({ AlarmName, AlarmDescription }) =>
      formatAlarm(AlarmName, AlarmDescription),
    ),
    '',
    '## Metrics',
    '',
    '| metric | unit | dimensions | counts or measures |',
    '|---|---|---|---|',
    ...metricNames.map((name) => {
      const { unit, per, meaning } = metrics[name];
      return `| \`${name}\` | ${unit} | ${dimensions[per]} | ${meaning} |`;
    }),
  ].join('\n');
}

/** The library ends a description with the link to the runbook. */
function formatAlarm(name: string, description: string): string {
  const [, reason = '', anchor = ''] = /^(.+?)\s+Runbook: \S+#(\S+)$/s.exec(description) ?? [];
  const heading = anchor.replaceAll('-', ' ');
  return `| \`${name}\` | ${reason} | [${heading}](runbook.md#${anchor}) |`;
}
