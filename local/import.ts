import { runImportCommand } from './operations/import-command.ts';

process.exitCode = await runImportCommand(process.argv.slice(2), {
  print: console.log,
  complain: console.error,
});
