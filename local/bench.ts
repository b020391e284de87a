import { runBenchCommand } from './bench/command.ts';

process.exitCode = await runBenchCommand(process.argv.slice(2));
