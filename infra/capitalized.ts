/** Returns a provider's name as the beginning of a logical id: `Idnow`. */
export function capitalized(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
