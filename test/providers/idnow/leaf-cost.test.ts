import { expect, test } from 'vitest';
import { accountForIdent } from '../../../shared/providers/idnow/account-for-ident.ts';
import { receiverUnderTest } from '../../receiving/receiver-under-test.ts';
import { fixtureNames, ident } from './fixtures.ts';

/** Returns the CPU time that `work` uses, in microseconds. */
async function cost(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

// A failed test is repeated, because other processes on the machine can make the measured time too high.
test('accounting for the leaves of an ident takes at most a fifth of the CPU time of its delivery', {
  retry: 2,
}, async () => {
  // Prepare
  const idents = fixtureNames.map(ident);
  const account = () => {
    for (const each of idents) accountForIdent(each, []);
  };
  const deliver = async () => {
    const { post } = receiverUnderTest();
    for (const each of idents) await post(each);
  };
  for (let round = 0; round < 10; round++) {
    account();
    await deliver();
  }
  // Act
  let [accounting, delivering] = [0, 0];
  for (let round = 0; round < 25; round++) {
    accounting += await cost(account);
    delivering += await cost(deliver);
  }
  // Assess
  expect(accounting / delivering).toBeLessThan(0.2);
});
