/** Returns a function that returns true for the first `count` calls with each id. */
export function isAmongFirstCalls(count: number): (id: string) => boolean {
  const calls = new Map<string, number>();
  return (id) => {
    const before = calls.get(id) ?? 0;
    calls.set(id, before + 1);
    return before < count;
  };
}
