import { runReconcileCommand } from './operations/reconcile-command.ts';

process.exitCode = await runReconcileCommand(process.argv.slice(2), {
  print: console.log,
  complain: console.error,
});
