import { createReaders } from '../../../shared/operations/reading/reader-of.ts';
import { replay } from '../../../shared/operations/replay/replay.ts';
import { selectCaseDeliveries } from '../../../shared/operations/replay/select-case-deliveries.ts';
import { readIdvVersion } from '../../idv/software-version.ts';
import type { CaseOperation, OperatedCase, OperationResult } from './case-operation.ts';
import { renderReplay } from './replay-result.ts';

/** Reads all deliveries of a case again, with the current readers and rules. */
export const replayOperation: CaseOperation = {
  name: 'replay',
  title: 'Replay',
  description:
    'Reads the deliveries of the case again, with the current readers and rules. It cannot take back what is known. Begins with a dry run.',
  inputs: [],
  plan: (operated) => run(operated, null),
  perform: run,
};

/** @param reason null for a dry run */
async function run({ stack, record, href }: OperatedCase, reason: string | null): Promise<OperationResult> {
  const result = await replay(stack, {
    deliveries: selectCaseDeliveries(record),
    readerOf: createReaders(stack),
    apply: reason !== null,
    reason: reason ?? '',
    softwareVersion: readIdvVersion(),
  });
  return renderReplay(result, href);
}
