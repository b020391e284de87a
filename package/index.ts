/** Everything that the package offers: see `callback-url.ts` and `events.ts`. */
export * from './callback-url.ts';
export * from './events.ts';
