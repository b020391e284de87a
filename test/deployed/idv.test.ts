import { expect, test } from 'vitest';
import { deployed } from './deployed-system.ts';
import { stageName } from './deployment/stage-file.ts';
import { type EndedProgram, runProgram } from './emulator/run-program.ts';
import { companyId, ident } from './idents.ts';
import { postWebhook } from './post-webhook.ts';

/** Runs `idv` for the deployed stage, as its operators do: with credentials in the environment. */
function idv(...args: string[]): Promise<EndedProgram> {
  const { project, environment } = deployed.deployment;
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
  const { code, printed } = await idv('doctor', '--json');

  const { stage, parts, failures } = JSON.parse(printed);
  expect({ code, stage, failures }).toEqual({ code: 0, stage: stageName, failures: {} });
  expect(parts).toMatchObject({
    'events queue': { deadLetters: 0 },
    quarantine: { idnow: 0, id360: 0, datakeen: 0 },
    'parked objects': { parked: 0, failedRecords: 0 },
  });
});

test('idv forwards the events of a deployed stage only for a reason', async () => {
  const { code, printed } = await idv('listen', '--forward-to', 'http://127.0.0.1:9000/events');

  expect({ code, printed }).toEqual({ code: 2, printed: expect.stringContaining('say with --reveal WHY') });
});
