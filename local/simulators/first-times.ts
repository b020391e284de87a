/** True for the first requests of each case. */
export function firstTimes(count: number): (id: string) => boolean {
  const asked = new Map<string, number>();
  return (id) => {
    const before = asked.get(id) ?? 0;
    asked.set(id, before + 1);
    return before < count;
  };
}
