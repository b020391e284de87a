import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deliveryRows } from '../support/history-rows.ts';
import { deployed } from './deployed-system.ts';
import { deploy } from './deployment/deploy.ts';
import { companyId, ident } from './idents.ts';
import { postWebhook } from './post-webhook.ts';
import { report } from './report.ts';

/** Replaces a text in a file of the deployed copy of the project. */
async function edit(file: string, before: string, after: string): Promise<void> {
  const path = join(deployed.deployment.project, file);
  const text = await readFile(path, 'utf8');
  expect(text.split(before), `${file} contains "${before}" once`).toHaveLength(2);
  await writeFile(path, text.replace(before, after));
}

test('an update replaces the code of a function, and a function without one of its grants answers 503', async () => {
  // Prepare: a case of the stack as it is.
  const first = ident('TXN-change', 'START');
  const put = { method: 'PUT' };
  expect((await postWebhook(deployed, first)).body).toEqual({ status: 'accepted', sequence: 1 });
  expect((await postWebhook(deployed, first)).body).toEqual({ status: 'duplicate' });
  expect(await postWebhook(deployed, first, put)).toMatchObject({
    body: { detail: 'Webhooks are sent with POST.' },
  });

  // Act: change an answer, and take the receivers' right to write to the history.
  await edit('shared/receiving/problem-answers.ts', 'Webhooks are sent with POST.', 'Use POST.');
  await edit('infra/webhook-receiver.ts', '    grantHistoryWrites(this, storage, provider);\n', '');
  report('npm run deploy, with a changed function and without one grant');
  await deploy(deployed.deployment, report);

  // Assess: the new code runs, and the case continues where it was.
  expect(await postWebhook(deployed, first, put)).toMatchObject({
    status: 405,
    body: { detail: 'Use POST.' },
  });
  expect((await postWebhook(deployed, ident('TXN-change', 'CHECK_PENDING', 5))).body).toEqual({
    status: 'accepted',
    sequence: 2,
  });
  const id = `idnow:${companyId}:txn-change`;
  const events = await deployed.events.receive(id, 2);
  expect(events.map(({ data }) => [data.sequence, data.generation])).toEqual([
    [1, events[0]?.data.generation],
    [2, events[0]?.data.generation],
  ]);

  // A duplicate is written to the history directly, which the role no longer allows.
  const refused = await postWebhook(deployed, first);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  const duplicates = (await deliveryRows(deployed, id)).filter(({ decision }) => decision === 'duplicate');
  expect(duplicates).toHaveLength(1);
});
