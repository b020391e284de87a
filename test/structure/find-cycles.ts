/** A directed graph: for each node, the nodes to which its edges lead. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Finds cycles with a depth-first search. It returns one cycle for each edge back to a node of the current path. */
export function findCycles(graph: Graph): string[][] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (node: string, path: readonly string[]) => {
    const start = path.indexOf(node);
    if (start >= 0) cycles.push([...path.slice(start), node]);
    if (start >= 0 || done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...path, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return cycles;
}
