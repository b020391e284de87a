import type { AddCommand } from './command-tools.ts';
import { addEraseCommand } from './commands/erase.ts';
import { addExplainCommand } from './commands/explain.ts';
import { addHoldCommand, addReleaseCommand } from './commands/hold.ts';

/** All commands of `idv`, in the order of its help. */
export const commands: readonly AddCommand[] = [
  addExplainCommand,
  addEraseCommand,
  addHoldCommand,
  addReleaseCommand,
];
