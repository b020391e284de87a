import { runSoakCommand } from './soak/command.ts';
import { createStopSignal } from './stop-signal.ts';

process.exitCode = await runSoakCommand(process.argv.slice(2), createStopSignal());
