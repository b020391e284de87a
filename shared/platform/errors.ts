/**
 * The base class of the errors of this project. Their messages contain settings, ids and routes, but never data of a
 * delivery, so they may be logged. Messages of other errors may quote personal data.
 */
export abstract class IdvError extends Error {}

/**
 * Thrown at start-up if a setting or a secret is missing or invalid. The message names the setting or secret, and says
 * what to do.
 */
export class ConfigurationError extends IdvError {
  override readonly name = 'ConfigurationError';
}
