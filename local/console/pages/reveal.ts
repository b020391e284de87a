import { recordOperation } from '../../../shared/operations/audit/audit.ts';
import { parseReason } from '../../../shared/operations/audit/parse-reason.ts';
import { chooseCase } from '../../../shared/operations/case/choose-cases.ts';
import type { ConsolePage } from '../page.ts';
import { renderCase } from './case.ts';

/** Shows the personal data of a case, after the audit has recorded who asked for it and why. */
export const revealPage: ConsolePage = {
  path: '/cases/:verificationId/reveal',
  name: null,
  async post(request) {
    const { stack, params, form } = request;
    const reason = parseReason(form.get('reason'));
    const record = await chooseCase(stack, params.verificationId ?? '');
    const { verificationId } = record;
    await recordOperation(stack, {
      action: 'reveal',
      verificationId,
      reason,
      result: 'shown by the console',
    });
    return { title: verificationId, main: await renderCase(record, request, true) };
  },
};
