import { expect, test } from 'vitest';
import { findCycles, type Graph } from './find-cycles.ts';

const graphOf = (edges: Record<string, string[]>): Graph =>
  new Map(Object.entries(edges).map(([node, next]) => [node, new Set(next)]));

test.each<[string, Record<string, string[]>, string[][]]>([
  ['a chain has no circle', { a: ['b'], b: ['c'] }, []],
  ['two ways to the same node are no circle', { a: ['b', 'c'], b: ['d'], c: ['d'] }, []],
  ['two nodes that lead to each other are a circle', { a: ['b'], b: ['a'] }, [['a', 'b', 'a']]],
  ['a circle behind a chain is found', { a: ['b'], b: ['c'], c: ['d'], d: ['b'] }, [['b', 'c', 'd', 'b']]],
])('%s', (_title, edges, circles) => {
  expect(findCycles(graphOf(edges))).toEqual(circles);
});
