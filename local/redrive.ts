import { runRedriveCommand } from './redrive/command.ts';

process.exitCode = await runRedriveCommand(process.argv.slice(2), {
  print: console.log,
  complain: console.error,
});
