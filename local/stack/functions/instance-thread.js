// @ts-check
/**
 * The worker thread of a function instance. It does the work of Lambda's Node.js runtime. Like that runtime, the thread
 * reads its settings from environment variables. It sends an FunctionWorkerThreadMessage to its parent after the init phase and
 * after each invocation.
 *
 * This file is JavaScript, because a TypeScript file would make each thread load Node's TypeScript compiler. Loading
 * the compiler takes 70 ms of CPU time per instance.
 */
import { existsSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort } from 'node:worker_threads';

/** @import { FunctionError, FunctionWorkerThreadMessage, InvocationRequest } from './invocation.ts' */
/** @typedef {(event: unknown, context: object) => unknown} Handler */

const taskRoot = process.env.LAMBDA_TASK_ROOT ?? '.';

// Load a .js bundle as CommonJS. Lambda does so too, because a deployed bundle has no package.json. On this machine,
// the project's package.json would make the bundle an ES module.
const taskRootUrl = pathToFileURL(`${taskRoot}/`).href;
registerHooks({
  load(url, context, nextLoad) {
    const commonJs = url.startsWith(taskRootUrl) && url.endsWith('.js');
    return nextLoad(url, commonJs ? { ...context, format: 'commonjs' } : context);
  },
});

try {
  const handler = await loadHandler(process.env._HANDLER ?? '');
  parentPort?.on('message', async (/** @type {InvocationRequest} */ request) => {
    post(await invoke(handler, request));
  });
  post({ kind: 'ready' });
} catch (error) {
  post({ kind: 'init-failed', error: describe(error) });
}

/**
 * @param {string} name
 * @returns {Promise<Handler>}
 */
async function loadHandler(name) {
  const dot = name.lastIndexOf('.');
  const [moduleName, exportName] = [name.slice(0, dot), name.slice(dot + 1)];
  const file = ['.js', '.mjs', '.cjs'].map((end) => join(taskRoot, moduleName + end)).find(existsSync);
  if (file === undefined) throw runtimeError('ImportModuleError', `Cannot find module '${moduleName}'`);
  /** @type {Record<string, unknown>} */
  const exports = file.endsWith('.mjs') ? await import(pathToFileURL(file).href) : createRequire(file)(file);
  const handler = exports[exportName];
  if (isHandler(handler)) return handler;
  throw runtimeError('HandlerNotFound', `${name} is undefined or not exported`);
}

/**
 * @param {Handler} handler
 * @param {InvocationRequest} request
 * @returns {Promise<FunctionWorkerThreadMessage>}
 */
async function invoke(handler, request) {
  try {
    const payload = await handler(JSON.parse(request.event), contextOf(request));
    return { kind: 'succeeded', payload: JSON.stringify(payload ?? null) };
  } catch (error) {
    return { kind: 'failed', error: describe(error) };
  }
}

/** @param {InvocationRequest} request */
function contextOf({ requestId, functionArn, deadlineMs }) {
  process.env._X_AMZN_TRACE_ID = `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${requestId.replaceAll('-', '').slice(0, 24)};Sampled=0`;
  return {
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
    invokedFunctionArn: functionArn,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  };
}

/**
 * @param {unknown} error
 * @returns {FunctionError}
 */
function describe(error) {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error) };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') };
}

/**
 * @param {string} kind
 * @param {string} message
 */
function runtimeError(kind, message) {
  return Object.assign(new Error(message), { name: `Runtime.${kind}` });
}

/**
 * @param {unknown} value
 * @returns {value is Handler}
 */
function isHandler(value) {
  return typeof value === 'function';
}

/** @param {FunctionWorkerThreadMessage} message */
function post(message) {
  parentPort?.postMessage(message);
}
