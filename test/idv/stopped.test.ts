import { afterAll, beforeAll, expect, test } from 'vitest';
import { runIdv } from '../../local/idv/run-idv.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { eventually } from '../support/eventually.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { idv, startIdv } from './idv-under-test.ts';
import { auditOf } from './stack-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut?.stop());

async function playCase(transactionNumber: string): Promise<string> {
  const time = new Date('2026-11-22T10:00:00Z');
  await sut.post(makeIdent({ companyId, transactionNumber, state: 'START', time }));
  const verificationId = `idnow:${companyId}:${transactionNumber}`;
  await sut.events.receive(verificationId, 1);
  return verificationId;
}

test.each([
  // Nobody knows whether a job ran before the interruption, so the certificate has a point to do.
  ['erase', 'waiting for receivers', 1],
  ['hold', 'waiting for the relay and the receivers', 0],
])(
  'Ctrl-C ends %s with a sentence, and the audit says that it was done in part',
  async (command, waiting, codeOfRepetition) => {
    // Prepare
    const id = await playCase(`stopped-${command}`);
    const running = startIdv(sut, command, id, '--reason', 'request 17', '--yes');
    await eventually(() => expect(running.err.join('\n')).toContain(waiting));

    // Act
    const { code, err } = await running.stop();

    // Assess
    expect({ code, last: err.split('\n').at(-1) }).toEqual({
      code: 1,
      last: 'Stopped before the end. What was done stays done: run the command again to finish it',
    });
    expect((await auditOf(sut, command))[0]).toMatchObject({
      verificationId: id,
      reason: 'request 17',
      result: 'failed with AbortError; it may be done in part',
    });
    expect(await idv(sut, command, id, '--reason', 'request 17', '--yes')).toMatchObject({
      code: codeOfRepetition,
    });
  },
);

test('commands that only read leave Ctrl-C to the process', async () => {
  // Prepare
  let isAsked = false;
  const signal = () => {
    isAsked = true;
    return new AbortController().signal;
  };
  const terminal = { print: () => undefined, complain: () => undefined };

  // Act
  await runIdv(['quarantine', 'list', '--base', sut.system.stack.url], terminal, { signal });

  // Assess
  expect(isAsked).toBe(false);
});

test.each([
  ['resend', '--reason'],
  ['explain', '--reveal'],
])('%s refuses an empty %s, and does nothing', async (command, option) => {
  // Prepare
  const id = await playCase(`reason-${command}`);
  const write = option === '--reason' ? ['--yes'] : [];

  // Act
  const blank = await idv(sut, command, id, option, '  ', ...write);
  const long = await idv(sut, command, id, option, 'x'.repeat(201), ...write);

  // Assess
  expect(blank).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^Say why/) });
  expect(long).toMatchObject({ code: 2, out: '' });
  expect(await auditOf(sut, option === '--reason' ? 'resend' : 'reveal')).toEqual([]);
});
