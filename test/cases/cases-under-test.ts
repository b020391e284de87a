import { runCloseCaseCommand } from '../../local/operations/close-case-command.ts';
import { runOpenCaseCommand } from '../../local/operations/open-case-command.ts';
import { startDatakeenSimulator } from '../../local/simulators/datakeen/start-datakeen-simulator.ts';
import { startId360Simulator } from '../../local/simulators/id360/start-id360-simulator.ts';
import { type SystemUnderTest, startSystemUnderTest } from '../support/system-under-test.ts';

const account = { username: 'a-test-user', password: 'a-test-api-password' };
export const callbackHeader = { name: 'X-Callback-Token', values: ['a-test-header-value'] };

/** Starts the whole system with a simulator of each provider, and the two commands that open and close cases. */
export async function startCasesUnderTest() {
  const id360 = await startId360Simulator(account);
  const datakeen = await startDatakeenSimulator(account);
  const sut: SystemUnderTest = await startSystemUnderTest({
    id360: {
      ...account,
      apiUrl: id360.url,
      callbackHeader,
      urlSecrets: ['a-test-url-secret'],
      sourceIps: [],
      idclaimPath: null,
      pdfPath: null,
    },
    datakeen: {
      ...account,
      apiUrl: datakeen.url,
      authorizationScheme: 'Basic',
      urlSecrets: ['a-test-url-secret'],
      sourceIps: [],
      newStatusFrom: 'every-url',
    },
  });
  const run = async (command: typeof runOpenCaseCommand, args: readonly string[]) => {
    const out: string[] = [];
    const err: string[] = [];
    const { port } = new URL(sut.system.stack.url);
    const terminal = {
      print: (line: string) => out.push(line),
      complain: (line: string) => err.push(line),
    };
    const code = await command([...args, '--port', port], terminal);
    return { code, out: out.join('\n'), err: err.join('\n') };
  };
  return {
    sut,
    idnow: sut.simulator,
    id360,
    datakeen,
    open: (...args: string[]) => run(runOpenCaseCommand, args),
    close: (...args: string[]) => run(runCloseCaseCommand, args),
    async stop() {
      await sut.stop();
      await id360.stop();
      await datakeen.stop();
    },
  };
}

export type CasesUnderTest = Awaited<ReturnType<typeof startCasesUnderTest>>;
