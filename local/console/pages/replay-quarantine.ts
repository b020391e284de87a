import { parseReason } from '../../../shared/operations/audit/parse-reason.ts';
import { createReaders } from '../../../shared/operations/reading/reader-of.ts';
import { replay } from '../../../shared/operations/replay/replay.ts';
import { selectByCause } from '../../../shared/operations/replay/select-deliveries.ts';
import { readIdvVersion } from '../../idv/software-version.ts';
import { renderOperationPage } from '../components/operation-page.ts';
import { renderReplay } from '../operations/replay-result.ts';
import type { ConsolePage } from '../page.ts';

/** Replays the quarantined deliveries of one cause, after a dry run. */
export const replayQuarantinePage: ConsolePage = {
  path: '/quarantine/replay',
  name: null,
  async post(request) {
    const { stack, form, href } = request;
    const [cause, provider] = [form.get('cause') ?? '', form.get('provider') ?? ''];
    const apply = form.has('confirm');
    const reason = apply ? parseReason(form.get('reason')) : '';
    const readerOf = createReaders(stack);
    const deliveries = await selectByCause(stack, readerOf, { cause, provider, since: null });
    const softwareVersion = readIdvVersion();
    const result = await replay(stack, { deliveries, readerOf, apply, reason, softwareVersion });
    return renderOperationPage(request, {
      title: `Replay ${cause}`,
      back: { href: href('/quarantine'), text: 'Quarantine' },
      state: apply ? 'done' : 'dry run',
      ...renderReplay(result, href),
      action: href('/quarantine', 'replay'),
      fields: { cause, provider },
    });
  },
};
