import type { AddCommand } from './command-tools.ts';
import { addAuditCommand } from './commands/audit.ts';
import { addDiffNormalizerCommand } from './commands/diff-normalizer.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addQuarantineCommand } from './commands/quarantine.ts';
import { addReconcileCommand } from './commands/reconcile.ts';
import { addRedriveCommand } from './commands/redrive.ts';
import { addReplayCommand } from './commands/replay.ts';
import { addResendCommand } from './commands/resend.ts';
import { addVerifyEvidenceCommand } from './commands/verify-evidence.ts';

/** All commands of `idv`, in the order of its help. */
export const commands: readonly AddCommand[] = [
  addExplainCommand,
  addQuarantineCommand,
  addReplayCommand,
  addDiffNormalizerCommand,
  addResendCommand,
  addRedriveCommand,
  addReconcileCommand,
  addVerifyEvidenceCommand,
  addAuditCommand,
];
