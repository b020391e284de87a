import { runConsoleCommand } from './console/command.ts';
import { createStopSignal } from './stop-signal.ts';

process.exitCode = await runConsoleCommand(
  process.argv.slice(2),
  { print: console.log, complain: console.error },
  createStopSignal(),
);
