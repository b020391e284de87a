import { runSecretsCommand } from './operations/secrets-command.ts';

process.exitCode = await runSecretsCommand(process.argv.slice(2), {
  print: console.log,
  complain: console.error,
});
