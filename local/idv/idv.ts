#!/usr/bin/env node
import { createStopSignal } from '../stop-signal.ts';
import { runIdv } from './run-idv.ts';

const terminal = { print: console.log, complain: console.error };
// Only a command that runs until it is stopped asks for the signal. Ctrl-C ends all others at once.
process.exitCode = await runIdv(process.argv.slice(2), terminal, { signal: createStopSignal });
