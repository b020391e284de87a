#!/usr/bin/env node
import { runIdv } from './run-idv.ts';

process.exitCode = await runIdv(process.argv.slice(2), {
  print: console.log,
  complain: console.error,
});
