import { runNewGenerationsCommand } from './operations/new-generations-command.ts';

process.exitCode = await runNewGenerationsCommand(process.argv.slice(2), {
  print: console.log,
  complain: console.error,
});
