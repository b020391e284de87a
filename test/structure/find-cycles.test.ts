import { expect, test } from 'vitest';
import { findCycles, type Graph } from './find-cycles.ts';

const graphOf = (edges: Record<string, string[]>): Graph =>
  new Map(Object.entries(edges).map(([node, next]) => [node, new Set(next)]));

test.each<[string, Record<string, string[]>, string[][]]>([
  ['a chain has no cycle', { a: ['b'], b: ['c'] }, []],
  ['two paths to the same node are no cycle', { a: ['b', 'c'], b: ['d'], c: ['d'] }, []],
  ['two nodes with edges to each other are a cycle', { a: ['b'], b: ['a'] }, [['a', 'b', 'a']]],
  ['a chain can end in a cycle', { a: ['b'], b: ['c'], c: ['d'], d: ['b'] }, [['b', 'c', 'd', 'b']]],
])('findCycles finds the cycles of a directed graph: %s', (_title, edges, cycles) => {
  expect(findCycles(graphOf(edges))).toEqual(cycles);
});
