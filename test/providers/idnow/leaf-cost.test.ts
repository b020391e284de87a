import { expect, test } from 'vitest';
import { accountForIdent } from '../../../shared/providers/idnow/account-for-ident.ts';
import { receiverUnderTest } from '../../receiving/receiver-under-test.ts';
import { fixtureNames, ident } from './fixtures.ts';

/** Returns the CPU time that `work` uses, in milliseconds. */
async function cost(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
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
  const measure = async () => [await cost(account), await cost(deliver)] as const;
  for (let round = 0; round < 20; round++) await measure();
  // Act
  const totals = [0, 0] as [number, number];
  for (let round = 0; round < 50; round++) {
    const [accounting, delivering] = await measure();
    totals[0] += accounting;
    totals[1] += delivering;
  }
  // Assess
  console.log(totals);
  expect(totals[0] / totals[1]).toBeLessThan(0.2);
});
