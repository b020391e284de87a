import type { AddCommand } from './command-tools.ts';
import { addAuditCommand } from './commands/audit.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addListenCommand } from './commands/listen.ts';
import { addReconcileCommand } from './commands/reconcile.ts';
import { addRefusedCommand } from './commands/refused.ts';
import { addVerifyEvidenceCommand } from './commands/verify-evidence.ts';

/** All commands of `idv`, in the order of its help. */
export const commands: readonly AddCommand[] = [
  addDoctorCommand,
  addExplainCommand,
  addListenCommand,
  addRefusedCommand,
  addReconcileCommand,
  addVerifyEvidenceCommand,
  addAuditCommand,
];
