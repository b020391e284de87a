import { html } from 'hono/html';
import { chooseCase } from '../../../shared/operations/choose-cases.ts';
import { renderOperationPage } from '../components/operation-page.ts';
import { caseOperations } from '../operations/case-operations.ts';
import type { ConsolePage } from '../page.ts';
import { readReason } from '../read-reason.ts';

/** Runs an operation of a case. The first form is a dry run; the form on its page confirms, with a reason. */
export const caseOperationPage: ConsolePage = {
  path: '/cases/:verificationId/operations/:operation',
  name: null,
  async post(request) {
    const { stack, params, form, href } = request;
    const operation = caseOperations.find(({ name }) => name === params.operation);
    if (operation === undefined)
      return { title: 'Not found', status: 404, main: html`<h1>There is no such operation</h1>` };
    const record = await chooseCase(stack, params.verificationId ?? '');
    const { verificationId } = record;
    const { title, perform } = operation;
    const isConfirmed = form.has('confirm') && perform !== null;
    const result = isConfirmed
      ? await perform(stack, record, href, readReason(form))
      : await operation.plan(stack, record, href);
    return renderOperationPage(request, {
      title,
      ...result,
      back: { href: href('/cases', verificationId), text: `Case ${verificationId}` },
      state: perform === null ? 'read' : isConfirmed ? 'done' : 'dry run',
      action: href('/cases', verificationId, 'operations', operation.name),
    });
  },
};
