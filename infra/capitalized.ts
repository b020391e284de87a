/** Capitalizes a provider's name, because CloudFormation ids begin with a capital letter: `Idnow`. */
export function capitalizeProviderName(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
