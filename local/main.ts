import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createStopSignal } from './stop-signal.ts';

// The next start then compiles less, mainly of the CDK and the SDK. Only modules that load after this line use the cache.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/node', import.meta.url)));
const stop = createStopSignal();
const { runStartCommand } = await import('./start/command.ts');

process.exitCode = await runStartCommand(process.argv.slice(2), stop);
