import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import type { IdentState } from '../../../local/simulators/idnow/ident-states.ts';
import { makeIdent } from '../../../local/simulators/idnow/make-ident.ts';
import type { EvidenceJob } from '../../../shared/contract/evidence-job.ts';
import { createProviderApiDependencies } from '../../../shared/provider-api/aws-tools.ts';
import { createIdnowEvidenceAdapter } from '../../../shared/providers/idnow/evidence.ts';
import { recordedTelemetry } from '../../support/recorded-telemetry.ts';
import { archiveJob } from './archive-job.ts';

const environment = {
  IDNOW_API_URL: 'https://gateway.example',
  IDNOW_API_SECRET_ID: 'secret',
  IDNOW_ARCHIVE_ENDED: 'false',
  IDNOW_UNPACK_ZIP: 'false',
  IDNOW_SIGNING_KEYS: '[]',
  SESSIONS_TABLE: 'sessions',
};

/** Concludes from an ident with this state and the minute of this time. A conclusion makes no calls. */
function conclude(job: EvidenceJob, state: IdentState, minute: number) {
  const dynamodb = new DynamoDBClient({ region: 'eu-west-1' });
  const tools = createProviderApiDependencies(environment, dynamodb, recordedTelemetry());
  const ident = makeIdent({
    companyId: 'democompany',
    transactionNumber: 'txn-1',
    state,
    time: new Date(Date.UTC(2026, 10, 22, 10, minute)),
  });
  return createIdnowEvidenceAdapter(environment, tools).conclude(job, Buffer.from(JSON.stringify(ident)));
}

const fraudJob: EvidenceJob = {
  ...archiveJob,
  providerStatus: 'FRAUD_SUSPICION_CONFIRMED',
  statusBefore: 'SUCCESS',
};

test.each<[string, EvidenceJob, IdentState, number]>([
  ['is older than its webhook', archiveJob, 'CHECK_PENDING', 3],
  ['has the time of its final webhook, and is not final', archiveJob, 'CHECK_PENDING', 9],
  ['has the time of its webhook, and the status before it', fraudJob, 'SUCCESS', 9],
])('an ident that %s decides nothing, and a check names it', async (_title, job, state, minute) => {
  const conclusion = conclude(job, state, minute);

  expect(conclusion).toMatchObject({ transition: null, findings: null, outcome: null });
  const checks = await conclusion.inspect?.(() => expect.unreachable('no ZIP is read'));
  expect(checks).toEqual([
    {
      name: 'ident_is_current',
      passed: false,
      confidence: null,
      document: null,
      providerResult: state,
    },
  ]);
});

test.each<[string, number]>([
  ['a later time than', 30],
  ['the time of', 9],
])('an ident with another final result and %s its webhook decides the case', (_title, minute) => {
  const conclusion = conclude(archiveJob, 'FRAUD_SUSPICION_CONFIRMED', minute);

  expect(conclusion.transition).toMatchObject({ outcome: 'declined', finality: 'final' });
});
