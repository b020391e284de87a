import { runSoakCommand } from './soak/command.ts';
import { stopSignal } from './stop-signal.ts';

process.exitCode = await runSoakCommand(process.argv.slice(2), stopSignal());
