import { expect, test } from 'vitest';
import { computeCostPerMillion } from '../../local/bench/measures/case-rows.ts';
import {
  addUsage,
  computeCost,
  medianUsage,
  noUsage,
  sumCost,
  type Usage,
} from '../../local/bench/numbers/costs.ts';
import { prices } from '../../local/bench/numbers/prices.ts';

const million = 1_000_000;
const gigabyte = 1024 ** 3;

test.each<[keyof Usage, number, number]>([
  ['apiRequests', million, 3.5],
  ['invocations', million, 0.2],
  ['gigabyteSeconds', million, 13.3334],
  ['writeUnits', million, 0.625],
  ['readUnits', million, 0.125],
  ['fifoRequests', million, 0.5],
  ['queueRequests', million, 0.4],
  ['objectPuts', 1_000, 0.005],
  ['objectGets', 1_000, 0.0004],
  ['logBytes', gigabyte, 0.5],
  ['tableBytes', gigabyte, 3],
])('the cost of %s: %d cost $%d', (key, count, dollars) => {
  expect(sumCost(computeCost({ ...noUsage, [key]: count }, 12))).toBeCloseTo(dollars, 6);
});

test('a table of the class Standard-IA costs 25 % more per write, and 60 % less per stored byte', () => {
  const costOf = (usage: Partial<Usage>) => sumCost(computeCost({ ...noUsage, ...usage }, 1));
  const writeUnits = million;
  expect(costOf({ writeUnits, infrequentWriteUnits: writeUnits }) / costOf({ writeUnits })).toBeCloseTo(
    1.25,
    6,
  );
  const tableBytes = gigabyte;
  expect(costOf({ tableBytes, infrequentTableBytes: tableBytes }) / costOf({ tableBytes })).toBeCloseTo(
    0.4,
    6,
  );
});

test('storage costs nothing if it is kept for no time', () => {
  expect(sumCost(computeCost({ ...noUsage, tableBytes: gigabyte }, 0))).toBe(0);
});

test('a million webhooks cost a third of a million cases, because a case has three statements', () => {
  const perCase = { ...noUsage, apiRequests: 3, writeUnits: 6 };
  const expected = prices.restApiRequestsPerMillion + 2 * prices.dynamoDbWriteUnitsPerMillion;
  expect(computeCostPerMillion(perCase)).toBeCloseTo(expected, 6);
});

test('addUsage adds each figure, and medianUsage takes the median of each figure', () => {
  const one = { ...noUsage, writeUnits: 1, logBytes: 30 };
  const two = { ...noUsage, writeUnits: 2, logBytes: 20 };
  const three = { ...noUsage, writeUnits: 9, logBytes: 10 };
  expect(addUsage(one, two)).toEqual({ ...noUsage, writeUnits: 3, logBytes: 50 });
  expect(medianUsage([one, two, three])).toEqual({ ...noUsage, writeUnits: 2, logBytes: 20 });
});
