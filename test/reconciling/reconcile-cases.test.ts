import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ListedCase } from '../../shared/contract/listed-case.ts';
import type { Hint, Statement, Transition } from '../../shared/contract/transition.ts';
import { EvidenceError } from '../../shared/provider-api/evidence-error.ts';
import type { ReconciledCase } from '../../shared/reconciling/compare-case.ts';
import { reconcileCases } from '../../shared/reconciling/reconcile-cases.ts';
import { findOpenCases } from '../../shared/verifications/open-case-index.ts';
import { recordTransition } from '../../shared/verifications/record-transition.ts';
import { createDynamoVerificationStore } from '../../shared/verifications/verification-store.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../support/dynamodb.ts';
import { at, type StatusName, statement, transition } from '../support/transitions.ts';

type Answer = Transition<Hint | Statement>;

let dynamodb: DynamoDbUnderTest;
let tables = 0;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
});
afterAll(() => dynamodb.stop());

const answerOf = (id: string, status: StatusName, occurredAt: string | null = null): Answer =>
  transition(status, {
    verificationId: `idnow:acme:${id}`,
    occurredAt,
    fingerprint: `${id} ${status} ${occurredAt}`,
    origin: statement,
  });
const listedAs = (answer: Answer): ListedCase => ({ kind: 'understood', transition: answer });

async function underTest(list: readonly ListedCase[]) {
  const table = await dynamodb.createVerificationsTable(`Verifications-${tables++}`);
  const verifications = createDynamoVerificationStore(dynamodb.client, table, 3600);
  const deliver = (answer: Answer) =>
    recordTransition(verifications, {
      transition: answer,
      receivedAt: at(30),
      writeId: crypto.randomUUID(),
      delivery: null,
    });
  const state = {
    lookUp: async (_id: string): Promise<Answer | null> => null,
    waits: [] as number[],
  };
  return Object.assign(state, {
    deliver,
    openCases: (limit: number) =>
      findOpenCases({ dynamodb: dynamodb.client, table, provider: 'idnow', dueAt: null, limit }),
    damage: (verificationId: string) =>
      dynamodb.client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { verificationId: { S: verificationId } },
          UpdateExpression: 'SET content = :content',
          ExpressionAttributeValues: { ':content': { B: Buffer.from('no gzip') } },
        }),
      ),
    async run(apply = true) {
      const results: ReconciledCase[] = [];
      const reconciled = reconcileCases({
        provider: 'idnow',
        source: { lookUp: ({ verificationId }) => state.lookUp(verificationId) },
        list: async function* () {
          yield* list;
        },
        dynamodb: dynamodb.client,
        verificationsTable: table,
        verifications,
        since: new Date(at(0)),
        apply,
        now: () => new Date(at(40)),
        newId: () => crypto.randomUUID(),
        pace: { pauseMs: 1000, wait: async (ms) => void state.waits.push(ms) },
        signal: new AbortController().signal,
      });
      for await (const each of reconciled) results.push(each);
      return results;
    },
  });
}

describe('the list of a provider', () => {
  test('an entry that cannot be used is reported, and hides no other entry', async () => {
    const cases = await underTest([
      { kind: 'not-listed', why: 'acme: answered 401' },
      listedAs(answerOf('a', 'SUCCESS', at(10))),
    ]);
    expect(await cases.run()).toMatchObject([
      { kind: 'unclear', why: 'acme: answered 401' },
      { kind: 'different', sequence: 1 },
    ]);
  });

  test('a case in two lists is compared once', async () => {
    const entry = listedAs(answerOf('a', 'SUCCESS', at(10)));
    const cases = await underTest([entry, entry]);
    expect(await cases.run(false)).toHaveLength(1);
  });

  test('an open case whose entry is not understood is reported once, and is not looked up', async () => {
    const cases = await underTest([
      { kind: 'unknown', reason: 'unknown-status', verificationId: 'idnow:acme:a' },
    ]);
    await cases.deliver(answerOf('a', 'START'));
    expect(await cases.run()).toEqual([
      { kind: 'unclear', verificationId: 'idnow:acme:a', why: 'unknown-status' },
    ]);
  });

  test('an entry does not end a running attempt: the case is looked up, because the list may be older', async () => {
    const cases = await underTest([listedAs(answerOf('a', 'ABORTED'))]);
    await cases.deliver(answerOf('a', 'START'));
    cases.lookUp = async () => answerOf('a', 'REVIEW_PENDING');
    expect(await cases.run()).toMatchObject([{ kind: 'different', difference: { found: 'REVIEW_PENDING' } }]);
  });
});

describe('lookups', () => {
  test('each lookup follows after a pause, and repeats as the provider asks', async () => {
    const cases = await underTest([]);
    await cases.deliver(answerOf('a', 'START'));
    let asked = 0;
    cases.lookUp = async () => {
      asked += 1;
      if (asked === 1) throw new EvidenceError('throttled', 'slow down', { retryAfterSeconds: 30 });
      return null;
    };
    expect(await cases.run()).toEqual([{ kind: 'same', verificationId: 'idnow:acme:a' }]);
    expect(cases.waits).toEqual([1000, 30_000]);
  });

  test('a provider that stays busy is asked four times', async () => {
    const cases = await underTest([]);
    await cases.deliver(answerOf('a', 'START'));
    cases.lookUp = async () => {
      throw new EvidenceError('throttled', 'slow down');
    };
    expect(await cases.run()).toMatchObject([{ kind: 'unclear', why: 'slow down' }]);
    expect(cases.waits).toEqual([1000, 10_000, 10_000, 10_000]);
  });

  test('a row that cannot be read is reported, and hides no other case', async () => {
    const cases = await underTest([]);
    for (const id of ['damaged', 'intact']) await cases.deliver(answerOf(id, 'START'));
    await cases.damage('idnow:acme:damaged');
    const results = (await cases.run()).toSorted((a, b) => (a.kind < b.kind ? -1 : 1));
    expect(results).toMatchObject([
      { kind: 'same', verificationId: 'idnow:acme:intact' },
      {
        kind: 'unclear',
        verificationId: 'idnow:acme:damaged',
        why: expect.stringContaining('cannot be read'),
      },
    ]);
  });

  test('all open cases are found, also if an answer of the index has only some of them', async () => {
    const cases = await underTest([]);
    const ids = Array.from({ length: 60 }, (_, index) => `case-${index}`);
    for (const id of ids) await cases.deliver(answerOf(id, 'START'));
    expect(await cases.openCases(1000)).toHaveLength(60);
    expect(await cases.openCases(7)).toHaveLength(7);
  });
});
