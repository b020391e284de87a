import type { AddCommand } from './command-tools.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addRefusedCommand } from './commands/refused.ts';

/** All commands of `idv`, in the order of its help. */
export const commands: readonly AddCommand[] = [addExplainCommand, addRefusedCommand];
