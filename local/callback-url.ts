import { runCallbackUrlCommand } from './callback-url/command.ts';

process.exitCode = await runCallbackUrlCommand(process.argv.slice(2), {
  print: console.log,
  complain: console.error,
});
