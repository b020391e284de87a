import { runRepublishCommand } from './operations/republish-command.ts';

process.exitCode = await runRepublishCommand(process.argv.slice(2), {
  print: console.log,
  complain: console.error,
});
