import { runSimulateCommand } from './simulate/simulate.ts';

process.exitCode = await runSimulateCommand(process.argv.slice(2), {
  print: console.log,
  complain: console.error,
});
