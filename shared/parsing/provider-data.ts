import type { LeavesWithoutField } from './account-for-leaves.ts';
import { omitEmptyFields } from './omit-empty.ts';

/** Makes `provider_data` from the leaves of a result that no field contains. `unreadable` names the unreadable leaves. */
export function buildProviderData({ providerData, unreadable }: LeavesWithoutField): Record<string, unknown> {
  // If the provider itself sends a member with the name of our list, the list names this member.
  const names = Object.hasOwn(providerData, 'unreadable') ? [...unreadable, 'unreadable'] : unreadable;
  return { ...omitEmptyFields(providerData), ...omitEmptyFields({ unreadable: names }) };
}
