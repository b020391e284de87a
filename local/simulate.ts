import { simulate } from './simulate/simulate.ts';

process.exitCode = await simulate(process.argv.slice(2), { print: console.log, complain: console.error });
