import { html } from 'hono/html';
import { parseReason } from '../../../shared/operations/audit/parse-reason.ts';
import { chooseCase } from '../../../shared/operations/case/choose-cases.ts';
import { renderOperationPage } from '../components/operation-page.ts';
import type { CaseOperation } from '../operations/case-operation.ts';
import { caseOperations } from '../operations/case-operations.ts';
import type { ConsolePage } from '../page.ts';

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
    const values = readInputs(operation, form);
    const operated = { stack, record, values, href };
    const result = isConfirmed
      ? await perform(operated, parseReason(form.get('reason')))
      : await operation.plan(operated);
    return renderOperationPage(request, {
      title,
      ...result,
      back: { href: href('/cases', verificationId), text: `Case ${verificationId}` },
      state: perform === null ? 'read' : isConfirmed ? 'done' : 'dry run',
      action: href('/cases', verificationId, 'operations', operation.name),
      fields: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
    });
  },
};

/** Reads the inputs of an operation. A value that is no positive number becomes the proposed one, which the dry run shows. */
function readInputs({ inputs }: CaseOperation, form: URLSearchParams): Record<string, number> {
  return Object.fromEntries(
    inputs.map(({ name, proposed }) => {
      const given = form.get(name) ?? '';
      return [name, /^[1-9]\d{0,8}$/.test(given) ? Number(given) : proposed];
    }),
  );
}
