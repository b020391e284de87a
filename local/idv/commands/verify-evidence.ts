import type { Command } from 'commander';
import { readCaseRecord } from '../../../shared/operations/case/case-record.ts';
import { chooseCase } from '../../../shared/operations/case/choose-cases.ts';
import {
  listProblems,
  type VerifiedEvidence,
  verifyEvidence,
} from '../../../shared/operations/evidence/verify-evidence.ts';
import { scanVerifications } from '../../../shared/operations/generations/scan-verifications.ts';
import type { OperatedStack } from '../../../shared/operations/stack/operated-stack.ts';
import { ConfigurationError } from '../../../shared/platform/errors.ts';
import { bold, formatBytes, green, red } from '../../terminal.ts';
import type { CommandTools, SharedOptions } from '../command-tools.ts';
import { addExamples, addSharedOptions } from '../shared-options.ts';

interface VerifyOptions extends SharedOptions {
  readonly all: boolean;
}

/** The number of cases after which the command prints its progress. */
const progressEvery = 100;

/** Adds `idv verify-evidence`: reads archives back, and checks everything that their events promise. */
export function addVerifyEvidenceCommand(idv: Command, { terminal, run }: CommandTools): void {
  const command = idv
    .command('verify-evidence')
    .description(
      'read archives back and check them: hashes, manifest, events, versions, signatures and locks; exit code 1 if anything is wrong',
    )
    .argument('[verification]', 'the id of a case')
    .option('--all', 'all cases; reads every archived byte', false)
    .action((verificationId: string | undefined) =>
      run<VerifyOptions>(command, async (stack, { all }) => {
        if (all === (verificationId !== undefined))
          throw new ConfigurationError('Give the id of a verification, or --all');
        const verified: VerifiedEvidence[] = [];
        for await (const each of verify(stack, verificationId)) {
          verified.push(each);
          if (verified.length % progressEvery === 0) terminal.complain(`… ${verified.length} cases verified`);
        }
        const wrong = verified.filter((each) => listProblems(each).length > 0);
        return {
          json: verified,
          lines: [...(all ? wrong : verified).flatMap(formatVerified), summarize(verified, wrong.length)],
          exitCode: wrong.length > 0 ? 1 : 0,
        };
      }),
    );
  addExamples(addSharedOptions(command), [
    ['idv verify-evidence idnow:demo:txn-1', 'all archives of one case'],
    ['idv verify-evidence --all --stage live', 'all archives of a stage'],
  ]);
}

/** @param verificationId undefined for all cases */
async function* verify(
  stack: OperatedStack,
  verificationId: string | undefined,
): AsyncGenerator<VerifiedEvidence> {
  if (verificationId !== undefined) {
    yield await verifyEvidence(stack, await chooseCase(stack, verificationId));
    return;
  }
  for await (const row of scanVerifications(stack.aws.dynamodb, stack.verificationsTable)) {
    const id = 'error' in row ? row.verificationId : row.verification.verificationId;
    const problems = ['its row cannot be read'];
    if ('error' in row) yield { verificationId: id, archives: [], problems };
    else {
      const record = await readCaseRecord(stack, id);
      if (record !== null) yield await verifyEvidence(stack, record);
    }
  }
}

function formatVerified(verified: VerifiedEvidence): string[] {
  const { verificationId, archives } = verified;
  const problems = listProblems(verified);
  return [
    bold(verificationId),
    ...archives.map(
      ({ manifest, artifacts, bytes, signature, lockedUntil }) =>
        `  ${manifest}: ${artifacts} artifacts, ${formatBytes(bytes)}, signature ${signature}, ${
          lockedUntil === null ? 'not locked' : `locked until ${lockedUntil}`
        }`,
    ),
    ...(archives.length === 0 ? ['  no archive'] : []),
    ...problems.map((problem) => `  ${red('✗')} ${problem}`),
    ...(problems.length === 0 && archives.length > 0 ? [`  ${green('✓')} as its events say`] : []),
  ];
}

function summarize(verified: readonly VerifiedEvidence[], wrong: number): string {
  const archives = verified.reduce((sum, each) => sum + each.archives.length, 0);
  return `${verified.length} cases, ${archives} archives: ${wrong === 0 ? 'all are as their events say' : `${wrong} cases have problems`}`;
}
