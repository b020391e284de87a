import { AwsClient } from 'aws4fetch';
import { expect, test } from 'vitest';
import { createScenarioRun } from '../../local/simulators/new-run.ts';
import { playScenario } from '../../local/simulators/play-scenario.ts';
import { buildWebhookUrlAndCredentials, findScenario } from '../../local/simulators/provider-simulation.ts';
import { simulationOf } from '../support/play-scenarios.ts';
import { deployed } from './deployed-system.ts';
import { stackName } from './deployment/stage-file.ts';
import { credentials, region } from './emulator/aws-environment.ts';
import { companyId } from './idents.ts';

/** Runs the schedule of a provider's lookups as it will run after some time. A run comes every five minutes. */
async function requestLookups(provider: string, afterMinutes: number): Promise<void> {
  const lambda = new AwsClient({ ...credentials, region, service: 'lambda' });
  const name = `${stackName}-request-${provider}-lookups`;
  const time = new Date(Date.now() + afterMinutes * 60_000).toISOString();
  const url = `${deployed.deployment.endpoint}/2015-03-31/functions/${name}/invocations`;
  const answer = await lambda.fetch(url, { method: 'POST', body: JSON.stringify({ time }) });
  expect([answer.status, answer.headers.get('x-amz-function-error')]).toEqual([200, null]);
}

test('the schedule of the deployed stack finds a silent case in the index, and its lookup brings the lost result', async () => {
  // Prepare: IDnow decides the case, but the webhook is lost.
  const simulation = simulationOf('idnow');
  const scenario = findScenario(simulation, 'LOST_FINAL');
  const { config, simulator } = deployed.system.providers.idnow ?? {};
  if (scenario === undefined || !simulator) throw new Error('IDnow cannot lose a webhook');
  const run = createScenarioRun({ account: companyId });
  const url = `${deployed.system.stack.url}/webhooks/idnow`;
  const target = buildWebhookUrlAndCredentials(simulation.readLocalConfig(config), url, run);
  await playScenario({ scenario, run, target, schedule: simulation.schedule, simulator });

  // Act
  await requestLookups('idnow', 20);

  // Assess
  const events = await deployed.events.receiveUntil(`idnow:${companyId}:${run.reference}`, (all) =>
    all.some(({ type }) => type === 'idv.evidence.archived.v1'),
  );
  expect(events.at(-1)?.data).toMatchObject({
    outcome: 'approved',
    finality: 'final',
    evidence: { status: 'archived' },
  });
});
