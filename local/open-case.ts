import { runOpenCaseCommand } from './operations/open-case-command.ts';

process.exitCode = await runOpenCaseCommand(process.argv.slice(2), {
  print: console.log,
  complain: console.error,
});
