import { userInfo } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import { companyId, type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';
import { idv } from './idv-under-test.ts';

let sut: SystemUnderTest;
beforeAll(async () => {
  sut = await startSystemUnderTest();
});
afterAll(() => sut?.stop());

const idOf = (transactionNumber: string) => `idnow:${companyId}:${transactionNumber}`;

function identOf(transactionNumber: string, state: 'START' | 'CHECK_PENDING' | 'SUCCESS') {
  const ident = makeIdent({ companyId, transactionNumber, state, time: new Date() });
  sut.simulator.put(ident);
  return ident;
}

test('a pending case is explained: its timeline, why it is pending, and what would change it', async () => {
  await sut.post(identOf('pending', 'START'));
  await sut.post(identOf('pending', 'CHECK_PENDING'));
  await sut.events.receive(idOf('pending'), 2);

  const { code, out } = await idv(sut, 'explain', idOf('pending'));

  expect(code).toBe(0);
  expect(out).toMatch(/#1 {2}verification\.started {2}in_progress · provisional/);
  expect(out).toMatch(/#2 {2}verification\.updated {2}in_review · provisional/);
  expect(out).toContain('from 127.0.0.1, signature none');
  expect(out).toContain(
    "The case is pending: the provider reviews it.\n  The provider's last word is CHECK_PENDING",
  );
  expect(out).toContain('If the provider stays silent, the case is looked up at ');
});

test('a decided case is explained, and dropped deliveries with the rule in plain words', async () => {
  const ident = identOf('decided', 'SUCCESS');
  await sut.post(ident);
  await sut.events.receive(idOf('decided'), 2);
  await sut.post(ident);
  await sut.post(identOf('decided', 'CHECK_PENDING'));

  const { out } = await idv(sut, 'explain', idOf('decided'));

  expect(out).toContain('duplicate (seen)');
  expect(out).toContain('This attempt already has a delivery with the same meaning');
  expect(out).toContain('stale (after-final)');
  expect(out).toContain('Only another final result can replace a final result.');
  expect(out).toMatch(
    /The evidence that event 1 requested is archived: \d artifacts, manifest evidence\/idnow\//,
  );
});

test('personal data is masked unless --reveal says why, which the audit records', async () => {
  await sut.post(identOf('secretive', 'SUCCESS'));
  await sut.events.receive(idOf('secretive'), 2);
  const nameIn = (text: string) => JSON.parse(text)[0].timeline[0].event.data.claims.family_name;

  const masked = await idv(sut, 'explain', idOf('secretive'), '--json');
  const revealed = await idv(sut, 'explain', idOf('secretive'), '--json', '--reveal', 'ticket 1');

  expect(nameIn(masked.out)).toBe('•••');
  expect(nameIn(revealed.out)).toMatch(/^\p{L}+/u);
  const audit = JSON.parse((await idv(sut, 'audit', '--json')).out);
  expect(audit).toMatchObject([
    {
      action: 'reveal',
      verificationId: idOf('secretive'),
      reason: 'ticket 1',
      operator: userInfo().username,
    },
  ]);
});

test.each([
  ['no-such', 'begins with its provider: idnow:{companyid}:{transaction number in lower case}, '],
  [idOf('UPPER'), `Did you mean ${idOf('upper')}?`],
  [idOf('unknown'), 'Either no delivery named it, or it has expired or was erased.'],
])('a wrong id %s produces a helpful message', async (id, message) => {
  await sut.post(identOf('upper', 'START'));

  const { code, out, err } = await idv(sut, 'explain', id);

  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(message);
});

test('a reference cannot change the terminal', async () => {
  const time = new Date('2026-11-22T10:00:00Z');
  const transactionNumber = '\u001b[31mred';
  await sut.post(makeIdent({ companyId, transactionNumber, state: 'START', time }));
  const id = `idnow:${companyId}:%1B%5B31mred`;
  await sut.events.receive(id, 1);

  const { code, out } = await idv(sut, 'explain', id);

  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('reference �[31mred') });
});

test('wrong arguments and an absent stack end with exit code 2 and say what to do', async () => {
  expect((await idv(sut, 'explian')).err).toContain('Did you mean explain?');
  expect((await idv(sut, 'explain')).err).toContain('Give one of');
  const absent = await idv(sut, 'explain', 'x', '--base', 'http://127.0.0.1:9');
  expect(absent).toMatchObject({ code: 2 });
});
