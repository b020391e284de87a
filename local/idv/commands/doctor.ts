import type { Command } from 'commander';
import { customAlarms, systemCheckAlarm } from '../../../infra/monitoring/custom-alarms.ts';
import { createRunbookLinks } from '../../../infra/monitoring/runbook.ts';
import { diagnose, type Fault } from '../../../shared/operations/doctor/diagnose.ts';
import { measure, measuredParts } from '../../../shared/operations/doctor/measure.ts';
import type { Measurements } from '../../../shared/operations/doctor/measurements.ts';
import { clockAndIdGenerator } from '../../../shared/platform/clients.ts';
import { bold, dim, green, red } from '../../terminal.ts';
import type { CommandTools, SharedOptions } from '../command-tools.ts';
import { addExamples, addSharedOptions } from '../shared-options.ts';

/** Adds `idv doctor`: what is wrong with the stack, the most urgent first. */
export function addDoctorCommand(idv: Command, { run }: CommandTools): void {
  const command = idv
    .command('doctor')
    .description('list what is wrong, the most urgent first; the exit code is 1 if something is urgent')
    .action(() =>
      run<SharedOptions>(command, async (stack) => {
        const now = clockAndIdGenerator.now();
        const measurements = await measure(stack, now, [...customAlarms, systemCheckAlarm]);
        const faults = diagnose(measurements);
        const linkToRunbook = createRunbookLinks(stack.runbookUrl);
        return {
          json: { stage: stack.stageName, faults, ...measurements },
          lines: [
            ...formatHeading(stack.stageName, faults, measurements),
            ...faults.flatMap((fault) => formatFault(fault, stack.stageName, linkToRunbook)),
            ...formatChecks(measurements),
          ],
          exitCode: faults.some(({ urgency }) => urgency === 'urgent') ? 1 : 0,
        };
      }),
    );
  addExamples(addSharedOptions(command), [
    ['idv doctor', 'the local stack'],
    ['idv doctor --stage live', 'a deployed stage'],
    ['idv doctor --stage live --json', 'with all measurements, for a program'],
  ]);
}

function formatHeading(stageName: string, faults: readonly Fault[], { failures }: Measurements): string[] {
  if (faults.length > 0)
    return [
      '',
      `${bold(`${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}`)} for ${stageName}`,
      '',
    ];
  const isComplete = Object.keys(failures).length === 0;
  return [
    '',
    isComplete ? `${green('✓')} ${stageName} is healthy` : `Nothing wrong was found for ${stageName}`,
    '',
  ];
}

function formatFault(
  { urgency, what, meaning, command, runbook }: Fault,
  stageName: string,
  linkToRunbook: (heading: string) => string,
): string[] {
  return [
    `${urgency === 'urgent' ? red('urgent') : 'soon  '}  ${bold(what)}`,
    `        ${meaning}`,
    ...(command === null ? [] : [`        ${command.replace('STAGE', stageName)}`]),
    dim(`        ${linkToRunbook(runbook)}`),
    '',
  ];
}

function formatChecks({ parts, failures }: Measurements): string[] {
  const jobs = Object.entries(parts['evidence jobs'] ?? {});
  return [
    dim(`checked: ${measuredParts.filter((part) => failures[part] === undefined).join(', ')}`),
    ...Object.entries(failures).map(([part, error]) => red(`not checked: ${part} (${error})`)),
    dim(`events that wait for a consumer: ${parts['events queue']?.messages ?? 'unknown'}`),
    dim(`evidence jobs: ${jobs.map(([provider, { messages }]) => `${provider} ${messages}`).join(', ')}`),
  ];
}
