import { createReaders } from '../../../shared/operations/reader-of.ts';
import { replay } from '../../../shared/operations/replay.ts';
import { selectCaseRequests } from '../../../shared/operations/select-case-requests.ts';
import { readIdvVersion } from '../../idv/software-version.ts';
import { renderReplay } from '../components/replay-result.ts';
import type { Href } from '../page.ts';
import type { CaseOperation } from './case-operation.ts';

/** Reads all deliveries of a case again, with the current readers and rules. */
export const replayOperation: CaseOperation = {
  name: 'replay',
  title: 'Replay',
  description:
    'Reads the deliveries of the case again, with the current readers and rules. It cannot take back what is known. Begins with a dry run.',
  plan: (stack, record, href) => run(stack, record, href, null),
  perform: (stack, record, href, reason) => run(stack, record, href, reason),
};

async function run(
  stack: Parameters<typeof replay>[0],
  record: Parameters<typeof selectCaseRequests>[0],
  href: Href,
  reason: string | null,
) {
  const result = await replay(stack, {
    requests: selectCaseRequests(record),
    readerOf: createReaders(stack),
    apply: reason !== null,
    reason: reason ?? '',
    softwareVersion: readIdvVersion(),
  });
  return renderReplay(result, href);
}
