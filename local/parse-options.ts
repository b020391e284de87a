import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { ConfigurationError } from '../shared/platform/errors.ts';

/** Parses the options of a command. @throws ConfigurationError with the usage if an argument is invalid */
export function parseCommandOptions<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    const why = error instanceof Error ? error.message : 'the arguments cannot be read';
    throw new ConfigurationError(`${why}\n\n${usage}`);
  }
}

/** Like `parseCommandOptions`, for a command with arguments that are no options. */
export function parseCommandArguments<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'the arguments cannot be read';
    throw new ConfigurationError(`${why}\n\n${usage}`);
  }
}
