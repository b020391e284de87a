import { reconcileProvider } from '../../shared/operations/reconcile/reconcile-provider.ts';
import { disconnect } from '../../shared/operations/stack/operated-stack.ts';
import { operatedProviders } from '../../shared/operations/stack/provider-evidence.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { formatOptions } from '../format-options.ts';
import { parseCommandOptions } from '../parse-options.ts';
import { connectToStack, stackOptions, stackOptionsHelp } from './connect-to-stack.ts';
import { parseSince } from './parse-since.ts';
import { printReconciledCases } from './print-reconciled.ts';
import { runOperatorCommand, type Terminal } from './run-command.ts';

const usage = `Usage: npm run reconcile -- --provider NAME --since TIME [options]

Compares the cases at a provider with those of the stack, and applies what differs, as a webhook would. It looks up the
open cases, and for IDnow it also finds cases that the stack never heard of.

${formatOptions([
  ['--provider NAME', operatedProviders.join(', ')],
  ['--since TIME', 'compares open cases, and idents with an identificationtime since then: 90m, 24h, 30d'],
  ['--dry-run', 'prints the differences, and applies nothing'],
  ...stackOptionsHelp,
  ['--help', 'print this text'],
])}`;

const options = {
  ...stackOptions,
  provider: { type: 'string' },
  since: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/**
 * Runs `npm run reconcile`.
 *
 * @param pauseFactor multiplies the pauses between lookups; tests use less than 1
 * @returns the exit code; 1 if a case could not be compared
 */
export async function runReconcileCommand(
  args: readonly string[],
  terminal: Terminal,
  pauseFactor = 1,
): Promise<number> {
  let unclear = 0;
  const code = await runOperatorCommand(async () => {
    const {
      help,
      provider,
      since,
      'dry-run': dryRun,
      ...stackGiven
    } = parseCommandOptions(args, options, usage);
    if (help) return [usage];
    if (provider === undefined || since === undefined) throw new ConfigurationError(usage);
    const from = parseSince(since, new Date());
    const stack = await connectToStack(stackGiven);
    try {
      const given = { provider, since: from, apply: !dryRun, pauseFactor };
      const result = await printReconciledCases(reconcileProvider(stack, given), dryRun, terminal);
      unclear = result.unclear;
      return result.lines;
    } finally {
      disconnect(stack);
    }
  }, terminal);
  return code === 0 && unclear > 0 ? 1 : code;
}
