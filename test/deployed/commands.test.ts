import { expect, test } from 'vitest';
import { deployed } from './deployed-system.ts';
import { companyId, ident } from './idents.ts';
import { runCommand } from './run-command.ts';

const process = '8f14e45f-ceea-467f-9a5b-0d9d8a1c9b1e';

test.concurrent.each([
  ['idnow', ['--field', 'lastname=Musterman']],
  ['id360', ['--process', process, '--field', 'browser_callback_url=https://shop.example/done']],
  ['datakeen', ['--field', 'lastName=DUPONT']],
])('open-case opens a case at %s, and registers it in the deployed stack', async (provider, args) => {
  const reference = `opened-at-${provider}`;

  const opened = JSON.parse(await runCommand(deployed, 'open-case', provider, reference, ...args));

  expect(opened).toMatchObject({ reference, registration: { kind: 'accepted', sequence: 1 } });
  const [event] = await deployed.events.receive(opened.verificationId, 1);
  expect(event?.data).toMatchObject({ provider, reference, phase: 'created', sequence: 1 });
});

test('reconcile finds a case whose webhooks were all lost, and the deployed stack archives its evidence', async () => {
  const final = ident('TXN-lost', 'SUCCESS', 9);
  const time = new Date().toISOString();
  await deployed.putState('idnow', {
    ...final,
    identificationprocess: { ...final.identificationprocess, identificationtime: time },
  });
  const reconcile = ['--provider', 'idnow', '--since', '24h'];
  const id = `idnow:${companyId}:txn-lost`;

  const planned = await runCommand(deployed, 'reconcile', ...reconcile, '--dry-run');
  const done = await runCommand(deployed, 'reconcile', ...reconcile);

  expect(planned).toContain(`${id}  unknown → SUCCESS (approved)  would be recorded`);
  expect(done).toContain(`${id}  unknown → SUCCESS (approved)  recorded as event 1`);
  const events = await deployed.events.receive(id, 2);
  expect(events.map(({ type }) => type)).toEqual(['idv.verification.decided.v1', 'idv.evidence.archived.v1']);
});
