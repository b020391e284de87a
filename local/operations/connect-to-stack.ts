import type { OperatedStack } from '../../shared/operations/stack/operated-stack.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import type { OptionHelp } from '../format-options.ts';
import { connectToStackOfOutputs } from './deployed-stack.ts';
import { connectToLocalStack } from './local-stack.ts';

/** The options with which a command finds the stack. */
export const stackOptions = {
  port: { type: 'string', default: '8787' },
  outputs: { type: 'string' },
  // People know this option from `callback-url`. It is accepted only to explain which option to use instead.
  base: { type: 'string' },
} as const;

export const stackOptionsHelp: readonly OptionHelp[] = [
  ['--port N', 'the port of the local stack on 127.0.0.1 (default: 8787)'],
  [
    '--outputs FILE',
    'only for a deployed stack: the file that "npm run deploy -- --outputs-file FILE" has written. The\n' +
      'command then uses the AWS credentials of the shell, and the stage in infra/stages.ts',
  ],
];

interface GivenStack {
  readonly port: string;
  readonly base?: string | undefined;
  readonly outputs?: string | undefined;
}

/**
 * Connects to a deployed stack with the credentials of the shell, or to a local stack.
 *
 * @throws ConfigurationError if the outputs cannot be used, or if no local stack answers
 */
export async function connectToStack({ port, base, outputs }: GivenStack): Promise<OperatedStack> {
  if (base !== undefined)
    throw new ConfigurationError(
      '--base is an option of callback-url. Give --port for a local stack, or --outputs for a deployed stack',
    );
  return outputs === undefined
    ? connectToLocalStack(`http://127.0.0.1:${port}`, 'give --port, or --outputs')
    : connectToStackOfOutputs(outputs);
}
