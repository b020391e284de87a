import { makeId360Callback } from '../../local/simulators/id360/make-callback.ts';
import { makeId360Report } from '../../local/simulators/id360/make-report.ts';
import { computeId360EnrollmentId } from '../../local/simulators/id360/simulation.ts';
import { makeIdent } from '../../local/simulators/idnow/make-ident.ts';
import type { Scenario, ScenarioRun } from '../../local/simulators/scenario.ts';
import { simulationOf } from './play-scenarios.ts';

type Result = 'OK' | 'KO';

function scenario(name: string, steps: Scenario['steps']): Scenario {
  return { name, summary: name, steps };
}

function ident(
  { account, reference, baseTime }: ScenarioRun,
  state: Parameters<typeof makeIdent>[0]['state'],
  minute: number,
) {
  const time = new Date(baseTime.getTime() + minute * 60_000);
  return makeIdent({ companyId: account, transactionNumber: reference, state, time });
}

/** Final results of IDnow, one minute apart. */
function idnowResults(...states: ('SUCCESS' | 'FRAUD_SUSPICION_CONFIRMED')[]): Scenario {
  return scenario(states.join(', then '), (run) =>
    states.map((state, minute) => {
      const body = ident(run, state, minute);
      return { title: state, body, state: body };
    }),
  );
}

/** A final callback of ID360, and the report that its API then returns; null if the API has no report. */
function id360Scenario(name: string, callback: Result, report: Result | null): Scenario {
  return scenario(name, (run) => {
    const id = computeId360EnrollmentId(run);
    const state =
      report && makeId360Report({ id, status: report, clientReference: run.reference, time: run.baseTime });
    return [{ title: name, body: makeId360Callback({ id, status: callback }), state }];
  });
}

function named(provider: string, name: string): Scenario {
  const found = simulationOf(provider).scenarios.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no scenario ${name} of ${provider}`);
  return found;
}

function lastStepOf({ name, steps }: Scenario): Scenario {
  return scenario(`the end of ${name}`, (run) => steps(run).slice(-1));
}

/**
 * Cases that the simulators' own scenarios do not play. The scenarios of one case are played one after another: the next
 * begins when all events of the one before have arrived.
 */
export const rareCases: Readonly<Record<string, readonly (readonly Scenario[])[]>> = {
  idnow: [
    [idnowResults('SUCCESS', 'FRAUD_SUSPICION_CONFIRMED')],
    [idnowResults('FRAUD_SUSPICION_CONFIRMED', 'SUCCESS')],
    [
      scenario('IDnow has deleted the ident', (run) => [
        { title: 'SUCCESS', body: ident(run, 'SUCCESS', 0), state: null },
      ]),
    ],
  ],
  id360: [
    [id360Scenario('the report contradicts the callback', 'OK', 'KO')],
    [
      id360Scenario('an approval with its report', 'OK', 'OK'),
      id360Scenario('a later callback contradicts it', 'KO', 'KO'),
    ],
    [id360Scenario('the report approves what the callback declined', 'KO', 'OK')],
    [id360Scenario('ID360 has deleted the report', 'OK', null)],
  ],
  datakeen: [[named('datakeen', 'DECLINED'), lastStepOf(named('datakeen', 'VERIFY_THEN_USER_APPROVED'))]],
};
