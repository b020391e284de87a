import { expect, test } from 'vitest';
import { type DeployedSystem, deployed } from './deployed-system.ts';
import { stageName } from './deployment/stage-file.ts';
import { type EndedProgram, runProgram } from './emulator/run-program.ts';
import { companyId, ident } from './idents.ts';
import { actAs } from './operator.ts';
import { postWebhook } from './post-webhook.ts';

/** Runs `idv` for the deployed stage, as its operators do: with credentials in the environment. */
const idv = (...args: string[]) => idvAs(deployed, ...args);

/** Runs `idv` with the credentials of an operator. */
function idvAs({ deployment }: DeployedSystem, ...args: string[]): Promise<EndedProgram> {
  const { project, environment } = deployment;
  const npmArguments = ['run', '-s', 'idv', '--', ...args, '--stage', stageName];
  return runProgram('npm', npmArguments, { cwd: project, env: environment });
}

const id = `idnow:${companyId}:txn-operated`;

test('idv explains a case of the deployed stage', async () => {
  await deployed.putState('idnow', ident('TXN-operated', 'SUCCESS'));
  await postWebhook(deployed, ident('TXN-operated', 'SUCCESS'));
  await deployed.events.receive(id, 2);

  const { code, printed } = await idv('explain', id);

  expect({ code, printed }).toEqual({
    code: 0,
    printed: expect.stringContaining('completed · approved · final'),
  });
  expect(printed).toContain('The evidence that event 1 requested is archived');
  const unknown = await idv('explain', 'idnow:nobody:x');
  expect(unknown).toMatchObject({
    code: 2,
    printed: expect.stringContaining(`${stageName} has no case idnow:nobody:x`),
  });
});

test('idv verifies the archive of the deployed stage, with its versions', async () => {
  const { code, printed } = await idv('verify-evidence', id);

  expect({ code, printed }).toEqual({ code: 0, printed: expect.stringContaining('✓ as its events say') });
});

test('idv doctor measures the deployed stage', async () => {
  const { code, output } = await idv('doctor', '--json');

  const { stage, parts, failures, faults } = JSON.parse(output);
  expect({ stage, failures }).toEqual({ stage: stageName, failures: {} });
  // Other tests send webhooks that are refused, so there may be faults.
  const isUrgent = faults.some(({ urgency }: { urgency: string }) => urgency === 'urgent');
  expect(code).toBe(isUrgent ? 1 : 0);
  expect(parts).toMatchObject({
    'events queue': { deadLetters: 0 },
    quarantine: { idnow: expect.any(Number), id360: 0, datakeen: 0 },
    'parked objects': { parked: 0, failedRecords: 0 },
  });
});

test('idv forwards the events of a deployed stage only for a reason', async () => {
  const { code, printed } = await idv('listen', '--forward-to', 'http://127.0.0.1:9000/events');

  expect({ code, printed }).toEqual({ code: 2, printed: expect.stringContaining('say with --reveal WHY') });
});

test('with the rights of idv-read-policy.json, operators look at everything and change nothing', async () => {
  const reader = await actAs(deployed, 'idv-read');

  const explained = await idvAs(reader, 'explain', id, '--reveal', 'a test of rights');
  const verified = await idvAs(reader, 'verify-evidence', id);
  const quarantine = await idvAs(reader, 'quarantine', 'list');
  const doctor = JSON.parse((await idvAs(reader, 'doctor', '--json')).output);
  const audit = await idvAs(reader, 'audit');
  const hold = await idvAs(reader, 'hold', id, '--reason', 'a test of rights', '--yes');

  expect([explained.code, verified.code, quarantine.code, audit.code]).toEqual([0, 0, 0, 0]);
  expect(doctor.failures).toEqual({});
  expect(audit.printed).toContain('a test of rights');
  expect(hold).toMatchObject({ code: 2, printed: expect.stringContaining('AccessDenied') });
});

test('with the rights of both policies of idv, an operator holds, releases and erases a case', async () => {
  const operator = await actAs(deployed, ['idv-read', 'idv-write']);
  const change = (...args: string[]) => idvAs(operator, ...args, '--reason', 'a test of rights', '--yes');

  const held = await change('hold', id);
  const refused = await change('erase', id);
  const released = await change('release', id);
  const erased = await change('erase', id);

  expect([held.code, released.code]).toEqual([0, 0]);
  expect(refused).toMatchObject({ code: 1, printed: expect.stringContaining('legal hold') });
  expect({ code: erased.code, printed: erased.printed }).toMatchObject({ code: 0 });
  expect((await postWebhook(deployed, ident('TXN-operated', 'SUCCESS'))).body).toEqual({
    status: 'stale',
    reason: 'erased',
  });
  const explained = await idvAs(operator, 'explain', id);
  expect(explained.printed).toContain('erased');
  expect(explained.printed).not.toContain('The evidence that event 1 requested is archived');
});
