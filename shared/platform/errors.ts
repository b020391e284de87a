/**
 * Base of all errors of ours. Their messages name things of ours (settings, ids, routes) and never hold
 * data of a delivery, so they may be logged; other libraries' messages may quote their input.
 */
export abstract class IdvError extends Error {}

/** Thrown at start-up when a setting or a secret is missing or unusable; says which, and what to do. */
export class ConfigurationError extends IdvError {
  override readonly name = 'ConfigurationError';
}
