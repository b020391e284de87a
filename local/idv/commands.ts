import type { AddCommand } from './command-tools.ts';
import { addAuditCommand } from './commands/audit.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addQuarantineCommand } from './commands/quarantine.ts';
import { addReconcileCommand } from './commands/reconcile.ts';
import { addReplayCommand } from './commands/replay.ts';
import { addVerifyEvidenceCommand } from './commands/verify-evidence.ts';

/** All commands of `idv`, in the order of its help. */
export const commands: readonly AddCommand[] = [
  addExplainCommand,
  addQuarantineCommand,
  addReplayCommand,
  addReconcileCommand,
  addVerifyEvidenceCommand,
  addAuditCommand,
];
