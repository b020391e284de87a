import { runCopyRowsCommand } from './copy-rows/command.ts';

process.exitCode = await runCopyRowsCommand(process.argv.slice(2), {
  print: console.log,
  complain: console.error,
});
