import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRunbookCommands } from '../support/runbook-commands.ts';
import type { DeployedSystem } from './deployed-system.ts';
import { outputsFile } from './deployment/deploy.ts';
import { stackName, stageName } from './deployment/stage-file.ts';
import { runProgram, runSuccessfully } from './emulator/run-program.ts';

/** True if the program `jq` is installed, which some commands of the runbook need. */
export const hasJq = (await runProgram('jq', ['--version'])).code === 0;

export interface RunbookShell {
  /**
   * Returns commands of the runbook, with the words replaced that operators replace, too.
   *
   * @param heading the heading in the runbook
   * @param beginning the beginning of the commands
   * @throws Error if the runbook has no such commands, or if the commands do not contain one of the words
   */
  commands(heading: string, beginning: string, words?: Readonly<Record<string, string>>): string;
  /** Runs commands in bash, in the deployed copy of the project. @returns what they printed to standard output */
  run(commands: string): Promise<string>;
  /** The commands that `commands` has not returned yet, as `heading: first line`. */
  unused(): string[];
}

/** Opens a shell as an operator has it: with the AWS command line, `jq`, and the credentials of the account. */
export async function openRunbookShell({ deployment, system }: DeployedSystem): Promise<RunbookShell> {
  const { project, python, environment } = deployment;
  const directory = await mkdtemp(join(project, 'bin-'));
  // The program `aws` of the environment has the path of another directory in its first line. For SQS, version 1 ignores
  // the variable AWS_ENDPOINT_URL.
  const aws = `#!/bin/sh\nexec '${python}' -m awscli --endpoint-url "$AWS_ENDPOINT_URL" "$@"\n`;
  await writeFile(join(directory, 'aws'), aws, { mode: 0o755 });
  // `npx idv` would run the sources of the original project, because the copy shares its `node_modules`.
  const idv = `#!/bin/sh\nexec node '${join(project, 'local/idv/idv.ts')}' "$@"\n`;
  await writeFile(join(directory, 'idv'), idv, { mode: 0o755 });
  const env = {
    ...environment,
    PATH: `${directory}:${join(project, 'node_modules/.bin')}:${environment.PATH}`,
    AWS_DEFAULT_REGION: environment.AWS_REGION,
    AWS_PAGER: '',
  };
  const all = await readRunbookCommands();
  const used = new Set<string>();
  const { outputs } = system.stack;
  const known: Record<string, string | undefined> = {
    'idv-webhooks-live': stackName,
    '-- live': `-- ${stageName}`,
    '--stage live': `--stage ${stageName}`,
    EVIDENCE_BUCKET: outputs.EvidenceBucketName,
    HISTORY_TABLE: outputs.HistoryTableName,
    VERIFICATIONS_TABLE: outputs.VerificationsTableName,
    RECEIVER_LOG_GROUP: outputs.ReceiveIdnowLogGroupName,
    EVENTS_DEAD_LETTER_QUEUE_ARN: outputs.EventsDeadLetterQueueArn,
    EVENTS_QUEUE_ARN: outputs.EventsQueueArn,
    OUTPUTS: outputsFile(project),
  };
  return {
    commands(heading, beginning, words = {}) {
      const found = all.find((each) => each.heading === heading && each.text.startsWith(beginning));
      if (found === undefined) throw new Error(`the runbook has no "${beginning}" below "${heading}"`);
      used.add(found.text);
      let { text } = found;
      for (const [word, value] of Object.entries(words)) {
        if (!text.includes(word)) throw new Error(`"${beginning}" does not contain ${word}`);
        text = text.replaceAll(word, () => value);
      }
      for (const [word, value = ''] of Object.entries(known)) text = text.replaceAll(word, () => value);
      return text;
    },
    async run(commands) {
      const script = `set -euo pipefail\n${commands}`;
      const { output } = await runSuccessfully(commands, 'bash', ['-c', script], { cwd: project, env });
      return output;
    },
    unused: () =>
      all.flatMap(({ heading, text }) => (used.has(text) ? [] : [`${heading}: ${text.split('\n')[0]}`])),
  };
}
