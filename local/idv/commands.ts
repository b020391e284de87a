import type { AddCommand } from './command-tools.ts';
import { addAuditCommand } from './commands/audit.ts';
import { addEraseCommand } from './commands/erase.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addHoldCommand, addReleaseCommand } from './commands/hold.ts';
import { addReconcileCommand } from './commands/reconcile.ts';
import { addVerifyEvidenceCommand } from './commands/verify-evidence.ts';

/** All commands of `idv`, in the order of its help. */
export const commands: readonly AddCommand[] = [
  addExplainCommand,
  addReconcileCommand,
  addVerifyEvidenceCommand,
  addEraseCommand,
  addHoldCommand,
  addReleaseCommand,
  addAuditCommand,
];
