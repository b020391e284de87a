import { omitEmptyFields } from '../../parsing/omit-empty.ts';

type Data = Readonly<Record<string, unknown>>;

/**
 * Makes the `provider_data` of an event. `unreadable` has the paths of values that have an unexpected form; they are in
 * the archived `session.json`. If Datakeen sends a key of the same name as one of ours, our value stays, and the key is
 * named as unreadable.
 *
 * @param own the members to which we give a name
 * @param leaves the leaves that have no field of their own in the event, under Datakeen's names
 */
export function makeDatakeenProviderData(own: Data, leaves: Data, unreadable: readonly string[]) {
  const named = omitEmptyFields(own);
  const hidden = Object.keys(leaves).filter((key) => Object.hasOwn(named, key) || key === 'unreadable');
  return omitEmptyFields({ ...leaves, ...named, unreadable: [...unreadable, ...hidden] });
}
