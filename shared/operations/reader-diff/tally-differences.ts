import { maskPersonalData } from '../case/mask.ts';
import type { Comparison } from './compare-readings.ts';
import { type DifferentLeaf, fieldOf } from './compare-values.ts';

/** What another version of the readers says differently. */
export interface ReaderDiff {
  /** The number of deliveries and archived results that both versions have read. */
  readonly compared: number;
  /** The number of those about which the versions differ. */
  readonly different: number;
  /** The number of deliveries whose raw body no longer exists, and of results that are gone. */
  readonly gone: number;
  /** By field, such as `findings.claims.family_name`: how many deliveries and results differ in it. */
  readonly fields: Readonly<Record<string, number>>;
  /** By outcome: what the versions say where they differ, and how often. */
  readonly outcomes: readonly { readonly before: string; readonly after: string; readonly count: number }[];
  /** The number of cases about which the versions differ. */
  readonly differentCases: number;
  /** The first of these cases. */
  readonly cases: readonly DifferentCase[];
}

export interface DifferentCase {
  /** The verification id, or the subject of a quarantined delivery that names no case. */
  readonly subject: string;
  /** The id of the delivery, or the key of the archived result. */
  readonly source: string;
  readonly before: string;
  readonly after: string;
  readonly leaves: readonly DifferentLeaf[];
}

/** Counts differences between two versions of the readers. */
export interface DifferenceTally {
  add(subject: string, source: string, comparison: Comparison): void;
  addGone(): void;
  result(): ReaderDiff;
}

/**
 * Creates a tally.
 *
 * @param most the highest number of cases to list
 * @param reveal true to show values; otherwise they are masked
 */
export function tallyDifferences(most: number, reveal: boolean): DifferenceTally {
  const counts = { compared: 0, different: 0, gone: 0 };
  const fields = new Map<string, number>();
  const outcomes = new Map<string, { before: string; after: string; count: number }>();
  const subjects = new Set<string>();
  const cases: DifferentCase[] = [];
  return {
    add(subject, source, { before, after, leaves }) {
      counts.compared += 1;
      if (leaves.length === 0) return;
      counts.different += 1;
      for (const field of new Set(leaves.map(({ path }) => fieldOf(path))))
        fields.set(field, (fields.get(field) ?? 0) + 1);
      const id = `${before} → ${after}`;
      outcomes.set(id, { before, after, count: (outcomes.get(id)?.count ?? 0) + 1 });
      if (!subjects.has(subject) && cases.length < most)
        cases.push({ subject, source, before, after, leaves: reveal ? leaves : leaves.map(maskLeaf) });
      subjects.add(subject);
    },
    addGone() {
      counts.gone += 1;
    },
    result: () => ({
      ...counts,
      fields: Object.fromEntries([...fields].sort(([, a], [, b]) => b - a)),
      outcomes: [...outcomes.values()].sort((a, b) => b.count - a.count),
      differentCases: subjects.size,
      cases,
    }),
  };
}

function maskLeaf({ path, before, after }: DifferentLeaf): DifferentLeaf {
  const [member = ''] = /\w+$/.exec(fieldOf(path).replace(/(\[\])+$/, '')) ?? [];
  const mask = (value: unknown) =>
    value === undefined ? value : Object.values(Object(maskPersonalData({ [member]: value })))[0];
  return { path, before: mask(before), after: mask(after) };
}
