import type { Command } from 'commander';
import { chooseCase } from '../../../shared/operations/case/choose-cases.ts';
import { eraseCase } from '../../../shared/operations/erasure/erase-case.ts';
import { planErasure } from '../../../shared/operations/erasure/erase-plan.ts';
import { verificationIdFormat } from '../../../shared/platform/path-safe.ts';
import { CaseIsHeldError } from '../../../shared/verifications/errors.ts';
import type { CommandTools, SharedOptions, WriteOptions } from '../command-tools.ts';
import { formatCertificate, formatErasurePlan } from '../format-erasure.ts';
import { addExamples, addSharedOptions, addWriteOptions } from '../shared-options.ts';

/** Adds `idv erase`: deletes everything of a case, and proves it with a certificate. */
export function addEraseCommand(
  idv: Command,
  { terminal, pauseFactor, stopSignal, run }: CommandTools,
): void {
  const command = idv
    .command('erase')
    .description('erase a case: delete everything of it, in all places, and print a certificate')
    .argument('<verification>', 'the id of the case, such as idnow:demo:txn-1')
    .action((verificationId: string) =>
      run<SharedOptions & WriteOptions>(command, async (stack, { yes, reason }) => {
        const record = await chooseCase(stack, verificationId);
        const [, provider = ''] = verificationIdFormat.exec(verificationId) ?? [];
        const owner = { provider, verificationId };
        if (!yes) {
          const plan = await planErasure(stack, owner, record);
          return { json: plan, lines: formatErasurePlan(plan), exitCode: plan.state === 'held' ? 1 : 0 };
        }
        if (record.verification?.heldSince !== undefined) throw new CaseIsHeldError(verificationId);
        const onProgress = (line: string) => terminal.complain(line);
        const certificate = await eraseCase(stack, owner, reason, {
          onProgress,
          pauseFactor,
          signal: stopSignal(),
        });
        return {
          json: certificate,
          lines: formatCertificate(certificate),
          exitCode: certificate.open.length === 0 ? 0 : 1,
        };
      }),
    );
  addExamples(addWriteOptions(addSharedOptions(command)), [
    ['idv erase idnow:demo:txn-1 --reason "request 17"', 'what would be deleted, by location'],
    [
      'idv erase idnow:demo:txn-1 --reason "request 17" --yes',
      'erase it; repeat it to finish an interrupted erasure',
    ],
    [
      'idv erase idnow:demo:txn-1 --reason "request 17" --yes --json > certificate.json',
      'keep the certificate',
    ],
  ]);
}
