import type { StateSink } from '../simulators/scenario.ts';

/** A provider's part of a local stack. */
export interface LocalProvider<Config> {
  /** The route that lets in what its credentials open. */
  readonly route: string;
  /** The configuration in force: what was given, or the built-in simulator's. */
  readonly config: Config;
  /** The provider's section of the stage. */
  readonly stage: unknown;
  /** Values of the template's secrets, by name below the stack's. */
  readonly secrets: Record<string, unknown>;
  /** Null where the configuration names an API of somebody else's. */
  readonly simulator: (StateSink & { readonly url: string; stop(): Promise<void> }) | null;
}
