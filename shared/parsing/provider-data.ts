import type { LeavesWithoutField } from './account-for-leaves.ts';
import { omitEmptyFields } from './omit-empty.ts';

/**
 * The number of unreadable leaves that are named one by one. A result of 1 MiB can contain 100,000 of them, and their
 * paths would be longer than the result.
 */
const maxPaths = 200;

/** Makes `provider_data` from the leaves of a result that no field contains. */
export function buildProviderData({ providerData, unreadable }: LeavesWithoutField): Record<string, unknown> {
  // If the provider itself sends a member with the name of our list, the list names this member.
  const paths = Object.hasOwn(providerData, 'unreadable') ? [...unreadable, 'unreadable'] : unreadable;
  return { ...omitEmptyFields(providerData), ...omitEmptyFields({ unreadable: namePaths(paths) }) };
}

/** Returns the first 200 paths. If there are more, each section that contains another path is named instead. */
function namePaths(paths: readonly string[]): string[] {
  const unique = [...new Set(paths)];
  const sections = unique.slice(maxPaths).map((path) => path.split(/[.[]/, 1)[0] ?? path);
  return [...unique.slice(0, maxPaths), ...new Set(sections)];
}
