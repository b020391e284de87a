import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createStopSignal } from './stop-signal.ts';

// A second start then takes a quarter less CPU time, most of it for the CDK and the SDK. Only modules that load later use
// the cache.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)));
const stop = createStopSignal();
const { runStartCommand } = await import('./start/command.ts');

process.exitCode = await runStartCommand(process.argv.slice(2), stop);
