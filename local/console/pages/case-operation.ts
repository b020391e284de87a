import { html } from 'hono/html';
import { chooseCase } from '../../../shared/operations/choose-cases.ts';
import { renderForm, renderReasonField } from '../components/form.ts';
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
    const { title, description, perform } = operation;
    const isConfirmed = form.has('confirm') && perform !== null;
    const { content, hasEffect } = isConfirmed
      ? await perform(stack, record, readReason(form))
      : await operation.plan(stack, record);
    const path = href('/cases', verificationId, 'operations', operation.name);
    const confirm = html`<input type="hidden" name="confirm" value="yes">${renderReasonField('reason')}<button class="primary">${title} now</button>`;
    return {
      title: `${title}: ${verificationId}`,
      main: html`<p class="eyebrow"><a href="${href('/cases', verificationId)}">← Case ${verificationId}</a></p>
<h1>${title}${perform === null ? '' : isConfirmed ? ': done' : ': dry run'}</h1>
<p class="lead">${perform === null ? description : isConfirmed ? 'This was done, and the audit has recorded it.' : 'Nothing has been done yet. This is what it would do:'}</p>
${content}
${perform !== null && !isConfirmed && hasEffect ? html`<section class="card confirm" aria-label="Confirm">${renderForm(request, path, confirm)}</section>` : ''}`,
    };
  },
};
