import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { makeIdent } from '../../../local/simulators/idnow/make-ident.ts';
import { createProviderApiDependencies } from '../../../shared/provider-api/aws-tools.ts';
import { createIdnowEvidenceAdapter } from '../../../shared/providers/idnow/evidence.ts';
import { archiveJob } from './archive-job.ts';

test('an ident that stays older than its webhook decides nothing, and a check names it', async () => {
  // Prepare
  const environment = {
    IDNOW_API_URL: 'https://gateway.example',
    IDNOW_API_SECRET_ID: 'secret',
    IDNOW_UNPACK_ZIP: 'false',
    IDNOW_ARCHIVE_ENDED: 'false',
    IDNOW_SIGNING_KEYS: '[]',
    SESSIONS_TABLE: 'sessions',
  };
  const dynamodb = new DynamoDBClient({ region: 'eu-west-1' });
  // A conclusion makes no calls.
  const adapter = createIdnowEvidenceAdapter(
    environment,
    createProviderApiDependencies(environment, dynamodb),
  );
  const ident = makeIdent({
    companyId: 'democompany',
    transactionNumber: 'txn-1',
    state: 'CHECK_PENDING',
    time: new Date(Date.UTC(2026, 10, 22, 10, 3)),
  });
  // Act
  const conclusion =
    adapter.kind === 'result' ? adapter.conclude(archiveJob, Buffer.from(JSON.stringify(ident))) : null;
  // Assess
  expect(conclusion).toMatchObject({ transition: null, findings: null, outcome: null });
  const checks = await conclusion?.inspect?.(() => expect.unreachable('no ZIP is read'));
  expect(checks).toEqual([
    {
      name: 'ident_is_current',
      passed: false,
      confidence: null,
      document: null,
      providerResult: 'CHECK_PENDING',
    },
  ]);
});
