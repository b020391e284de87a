/**
 * Compares the code before decision record 030 with the current code. Applies many random histories to both, and prints
 * each kind of difference with an example.
 *
 * node test/differential/run.ts --histories 500000 --profile idnow [--seed 1]
 */
import { parseArgs } from 'node:util';
import { compareHistory, type Difference } from './compare.ts';
import { profileNames, profiles } from './profiles.ts';

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '500000' },
    profile: { type: 'string', default: 'idnow' },
    seed: { type: 'string', default: '1' },
  },
});
const name = profileNames.find((each) => each === values.profile);
if (name === undefined) throw new Error(`--profile must be one of ${profileNames.join(', ')}`);
const histories = Number(values.histories);
const seed = Number(values.seed);

const kinds = new Map<string, { count: number; example: Difference }>();
let transitions = 0;
let different = 0;
for (let index = 0; index < histories; index++) {
  const compared = compareHistory(profiles[name], seed * 1_000_003 + index);
  transitions += compared.transitions;
  if (compared.differences.length > 0) different++;
  for (const difference of compared.differences) {
    const { count, example } = kinds.get(difference.kind) ?? { count: 0, example: difference };
    kinds.set(difference.kind, { count: count + 1, example });
  }
}
console.log(
  `${name}: ${histories} histories, ${transitions} transitions, ${different} histories with a difference`,
);
for (const [kind, { count, example }] of kinds)
  console.log(`\n${count} × ${kind}\n    ${example.trail.join('\n    ')}`);
