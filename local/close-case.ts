import { runCloseCaseCommand } from './operations/close-case-command.ts';

process.exitCode = await runCloseCaseCommand(process.argv.slice(2), {
  print: console.log,
  complain: console.error,
});
