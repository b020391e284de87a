import type { AddCommand } from './command-tools.ts';
import { addAuditCommand } from './commands/audit.ts';
import { addDiffNormalizerCommand } from './commands/diff-normalizer.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addListenCommand } from './commands/listen.ts';
import { addQuarantineCommand } from './commands/quarantine.ts';
import { addReconcileCommand } from './commands/reconcile.ts';
import { addRedriveCommand } from './commands/redrive.ts';
import { addRefusedCommand } from './commands/refused.ts';
import { addReplayCommand } from './commands/replay.ts';
import { addResendCommand } from './commands/resend.ts';
import { addVerifyEvidenceCommand } from './commands/verify-evidence.ts';

/** All commands of `idv`, in the order of its help. */
export const commands: readonly AddCommand[] = [
  addDoctorCommand,
  addExplainCommand,
  addListenCommand,
  addRefusedCommand,
  addQuarantineCommand,
  addReplayCommand,
  addDiffNormalizerCommand,
  addResendCommand,
  addRedriveCommand,
  addReconcileCommand,
  addVerifyEvidenceCommand,
  addAuditCommand,
];
