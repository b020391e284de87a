import { callbackUrl } from './callback-url/command.ts';

process.exitCode = await callbackUrl(process.argv.slice(2), { print: console.log, complain: console.error });
