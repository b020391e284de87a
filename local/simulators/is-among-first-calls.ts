/** Creates a function that counts its calls per id. It returns true for the first `count` calls with an id, then false. */
export function createFirstCallsPredicate(count: number): (id: string) => boolean {
  const calls = new Map<string, number>();
  return (id) => {
    const before = calls.get(id) ?? 0;
    calls.set(id, before + 1);
    return before < count;
  };
}
