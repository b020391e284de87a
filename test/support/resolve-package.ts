import { registerHooks } from 'node:module';

// The examples in docs/events import the package by its name, as users do. Its entry points are built only for npm.
const events = new URL('../../package/events.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'idv-webhooks/events' ? { url: events, shortCircuit: true } : next(specifier, context),
});
