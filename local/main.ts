import { runStartCommand } from './start/command.ts';
import { createStopSignal } from './stop-signal.ts';

process.exitCode = await runStartCommand(process.argv.slice(2), createStopSignal());
