import type { BenchRow } from '../numbers/bench-row.ts';
import { computeCost, sumCost, type Usage } from '../numbers/costs.ts';
import type { CaseUsage } from './case-usage.ts';

/** The time for which the stored bytes are kept, in months. */
export const storageMonths = 12;

const statementsPerCase = 3;

/** 14 units for state and history, and 2 for the entry in the index of open cases (decision 044). */
const writeUnitsGoal = 14 + 2;

/** Returns the cost of a million webhooks in US dollars, from the usage of a case. */
export function computeCostPerMillion(usage: Usage, months: number = storageMonths): number {
  return (sumCost(computeCost(usage, months)) / statementsPerCase) * 1_000_000;
}

/** Returns the rows about write units and cost. */
export function buildCaseRows({ webhooks, evidence, textbook }: CaseUsage): BenchRow[] {
  const [our, their] = [computeCostPerMillion(webhooks), computeCostPerMillion(textbook)];
  const withoutStorage = computeCostPerMillion(webhooks, 0) / computeCostPerMillion(textbook, 0);
  return [
    {
      id: 'write-units',
      measure: 'write units of an IDnow case, three statements',
      value: webhooks.writeUnits,
      unit: 'units',
      goal: writeUnitsGoal,
      detail: `textbook: ${textbook.writeUnits}; the evidence takes ${evidence.writeUnits} more`,
    },
    {
      id: 'cost',
      measure: 'cost per million webhooks ÷ storing textbook',
      value: our / their,
      unit: 'ratio',
      goal: 0.8,
      detail: `$${our.toFixed(2)} ÷ $${their.toFixed(2)}, ${storageMonths} months of storage; without storage: ${withoutStorage.toFixed(2)}`,
    },
  ];
}
