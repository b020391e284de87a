import { DeleteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EvidenceError, type FailureKind } from '../../../shared/provider-api/evidence-error.ts';
import { dynamoSessionStore } from '../../../shared/provider-api/sessions/dynamo-session-store.ts';
import { providerSession } from '../../../shared/provider-api/sessions/provider-session.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';

let dynamodb: DynamoDbUnderTest;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
  await dynamodb.createTable('Sessions', 'sessionId');
});
afterAll(() => dynamodb.stop());

const leaseMs = 20_000;
const noPause = { reason: 'unauthorized', useless: 0, failed: 0, ms: 0 } as const;

/** A call for something that no token opens. */
const refuse = async () => {
  throw new EvidenceError('unauthorized', 'GET document: answered 401');
};

/** A provider that takes its newest token only, and counts. */
function provider() {
  const state = {
    logins: 0,
    calls: 0,
    valid: '',
    loginFails: null as 'unauthorized' | 'throttled' | 'transient' | null,
    retryAfterSeconds: 0,
    /** Long enough for all others to want to log in as well. */
    loginMs: 100,
  };
  return Object.assign(state, {
    async login() {
      state.logins += 1;
      await new Promise((resolve) => setTimeout(resolve, state.loginMs));
      const { loginFails, retryAfterSeconds } = state;
      if (loginFails) throw new EvidenceError(loginFails, 'POST login: answered 401', { retryAfterSeconds });
      state.valid = `token-${state.logins}`;
      return state.valid;
    },
    async call(token: string) {
      state.calls += 1;
      if (token !== state.valid) throw new EvidenceError('unauthorized', 'GET ident: answered 401');
      return `answer to ${token}`;
    },
    expireTokens: () => {
      state.valid = 'none';
    },
  });
}

let sessions = 0;

/** Instances of a function that share one session of a provider; each has a memory of its own. */
function underTest() {
  const sessionId = `idnow:company-${sessions++}`;
  const api = provider();
  const clock = { now: Date.now() };
  const store = dynamoSessionStore(dynamodb.client, 'Sessions', () => clock.now);
  const instance = (owner: string) => providerSession({ store, sessionId, owner, login: api.login });
  const stored = async () => {
    const { Item: item } = await dynamodb.client.send(
      new GetItemCommand({ TableName: 'Sessions', Key: { sessionId: { S: sessionId } } }),
    );
    return item;
  };
  return { sessionId, api, clock, store, instance, stored };
}

describe.concurrent('logging in', () => {
  test('50 calls at once over five instances log in once', async () => {
    // Prepare
    const { api, instance } = underTest();
    const instances = Array.from({ length: 5 }, (_, index) => instance(`instance-${index}`));

    // Act
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => instances[index % 5]?.withToken(api.call)),
    );

    // Assess
    expect(new Set(answers)).toEqual(new Set(['answer to token-1']));
    expect({ logins: api.logins, calls: api.calls }).toEqual({ logins: 1, calls: 50 });
  });

  test('a second instance takes the token from the table', async () => {
    // Prepare
    const { api, instance } = underTest();
    await instance('first').withToken(api.call);

    // Act
    const answer = await instance('second').withToken(api.call);

    // Assess
    expect(answer).toBe('answer to token-1');
    expect(api.logins).toBe(1);
  });

  test('an instance remembers its token, and asks the table once', async () => {
    // Prepare
    const { api, instance, sessionId, stored } = underTest();
    const first = instance('first');
    await first.withToken(api.call);
    await dynamodb.client.send(
      new DeleteItemCommand({ TableName: 'Sessions', Key: { sessionId: { S: sessionId } } }),
    );

    // Act
    await first.withToken(api.call);

    // Assess
    expect(api.logins).toBe(1);
    expect(await stored()).toBeUndefined();
  });

  test('sessions of two accounts have nothing to do with each other', async () => {
    // Prepare
    const one = underTest();
    const other = underTest();

    // Act
    await one.instance('x').withToken(one.api.call);
    await other.instance('x').withToken(other.api.call);

    // Assess
    expect([one.api.logins, other.api.logins]).toEqual([1, 1]);
  });

  test('the token leaves the table after a day', async () => {
    // Prepare
    const { api, clock, instance, stored } = underTest();
    clock.now = Date.UTC(2026, 10, 22);

    // Act
    await instance('first').withToken(api.call);

    // Assess
    expect(await stored()).toMatchObject({
      authToken: { S: 'token-1' },
      generation: { N: '1' },
    });
    expect(await stored()).not.toHaveProperty('leaseUntil');
    // A token that is kept alive must not be removed by DynamoDB.
    expect(await stored()).not.toHaveProperty('expiresAt');
  });
});

describe.concurrent('a token that is refused', () => {
  test('is renewed once, and the call repeated', async () => {
    // Prepare
    const { api, instance } = underTest();
    const first = instance('first');
    await first.withToken(api.call);
    api.expireTokens();
    api.calls = 0;

    // Act
    const answer = await first.withToken(api.call);

    // Assess
    expect(answer).toBe('answer to token-2');
    expect({ logins: api.logins, calls: api.calls }).toEqual({ logins: 2, calls: 2 });
  });

  test('is renewed once for 50 calls at once over five instances', async () => {
    // Prepare
    const { api, instance } = underTest();
    const instances = Array.from({ length: 5 }, (_, index) => instance(`instance-${index}`));
    await Promise.all(instances.map((one) => one.withToken(api.call)));
    api.expireTokens();

    // Act
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => instances[index % 5]?.withToken(api.call)),
    );

    // Assess
    expect(new Set(answers)).toEqual(new Set(['answer to token-2']));
    expect(api.logins).toBe(2);
  });

  test('is not renewed again by an instance that has slept through it', async () => {
    // Prepare
    const { api, instance } = underTest();
    const [awake, asleep] = [instance('awake'), instance('asleep')];
    await awake.withToken(api.call);
    await asleep.withToken(api.call);
    api.expireTokens();
    await awake.withToken(api.call);

    // Act
    const answer = await asleep.withToken(api.call);

    // Assess
    expect(answer).toBe('answer to token-2');
    expect(api.logins).toBe(2);
  });

  test('is renewed where the one that another instance found meanwhile has expired too', async () => {
    // Prepare: this instance knows the first token, the table holds the second, and neither is good any more.
    const { api, instance } = underTest();
    const [awake, asleep] = [instance('awake'), instance('asleep')];
    await asleep.withToken(api.call);
    api.expireTokens();
    await awake.withToken(api.call);
    api.expireTokens();

    // Act
    const answer = await asleep.withToken(api.call);

    // Assess
    expect(answer).toBe('answer to token-3');
    expect(api.logins).toBe(3);
  });

  test('surfaces when the new one is refused as well', async () => {
    // Prepare
    const { api, instance } = underTest();
    const refuse = async (token: string) => {
      api.calls += 1;
      throw new EvidenceError('unauthorized', `${token} refused`);
    };

    // Act
    const call = instance('first').withToken(refuse);

    // Assess
    await expect(call).rejects.toMatchObject({ kind: 'unauthorized', message: 'token-2 refused' });
    expect({ logins: api.logins, calls: api.calls }).toEqual({ logins: 2, calls: 2 });
  });

  test('though it was renewed just now is not renewed again for five seconds, by anybody', async () => {
    // Prepare: something that no token opens.
    const { api, clock, instance } = underTest();
    const [first, second] = [instance('first'), instance('second')];
    await first.withToken(api.call);
    await expect(first.withToken(refuse)).rejects.toThrow('GET document');
    expect(api.logins).toBe(2);

    // Act
    const again = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => (index % 2 ? first : second).withToken(refuse)),
    );
    const others = await Promise.all([first.withToken(api.call), second.withToken(api.call)]);

    // Assess
    expect(again.map(({ status }) => status)).toEqual(Array(10).fill('rejected'));
    expect(api.logins).toBe(2);
    expect(others, 'the token is good for everything else').toEqual(Array(2).fill('answer to token-2'));
    clock.now += 5000;
    await expect(first.withToken(refuse)).rejects.toThrow('GET document');
    expect(api.logins).toBe(3);
  });

  test('whatever it is renewed for is renewed ever more rarely, up to every 15 minutes', async () => {
    // Prepare
    const { api, clock, instance } = underTest();
    api.loginMs = 0;
    const first = instance('first');
    await first.withToken(api.call);
    const pauses: number[] = [];
    let last = clock.now;

    // Act: every few seconds, one of two instances asks for it, and another for something else.
    let step = 5;
    for (let seconds = 0, calls = 0; seconds < 3100; seconds += step, calls += 1) {
      // The later pauses are multiples of 20 s.
      if (seconds === 315) step = 20;
      const before = api.logins;
      await expect(instance(`${calls % 2}`).withToken(refuse)).rejects.toMatchObject({
        kind: 'unauthorized',
      });
      await first.withToken(api.call);
      if (api.logins > before) {
        pauses.push((clock.now - last) / 1000);
        last = clock.now;
      }
      clock.now += step * 1000;
    }

    // Assess
    expect(pauses.slice(0, 11)).toEqual([0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });

  test('while it is not known yet whether its renewal helps, is not renewed by others that it does not help', async () => {
    // Prepare: something has been of no avail before.
    const { api, clock, instance } = underTest();
    const refuseReport = async () => {
      throw new EvidenceError('unauthorized', 'GET report: answered 401');
    };
    const [first, second] = [instance('first'), instance('second')];
    await first.withToken(api.call);
    await expect(first.withToken(refuseReport)).rejects.toThrow('GET report');
    clock.now += 5000;
    const before = api.logins;

    // Act: the one that logs in waits for its answer, and another is refused meanwhile.
    const [asked, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = first.withToken(async () => {
      if (api.logins > before) {
        asked.resolve();
        await answered.promise;
      }
      return refuseReport();
    });
    await asked.promise;
    const quick = second.withToken(refuseReport);

    // Assess
    await expect(quick).rejects.toThrow('no login for 10 s');
    answered.resolve();
    await expect(slow).rejects.toThrow('GET report');
    expect(api.logins).toBe(before + 1);
    expect(await second.withToken(api.call), 'it is good for everything else').toBe('answer to token-3');
  });

  test('whose renewal helps ends what did not help before: the next pause is short again', async () => {
    // Prepare
    const { api, clock, instance, stored } = underTest();
    const first = instance('first');
    await first.withToken(api.call);
    for (const _ of [1, 2]) {
      await expect(first.withToken(refuse)).rejects.toThrow('GET document');
      clock.now += 10_000;
    }
    expect(await stored()).toMatchObject({ useless: { N: '2' } });

    // Act
    api.expireTokens();
    await first.withToken(api.call);

    // Assess
    expect(await stored()).not.toHaveProperty('useless');
    await expect(first.withToken(refuse)).rejects.toThrow('GET document');
    await expect(instance('second').withToken(refuse), 'not 20 seconds').rejects.toThrow('no login for 5 s');
  });

  test.each(['transient', 'throttled'] as const)(
    'before it has ever helped counts as one that did not, though its first answer was %s',
    async (kind) => {
      // Prepare: a provider that refuses each token, but for its first call, which fails for now.
      const { api, clock, instance, stored } = underTest();
      api.loginMs = 0;
      const seen = new Set<string>();
      const halfBroken = async (token: string) => {
        const isFirst = !seen.has(token);
        seen.add(token);
        throw new EvidenceError(isFirst ? kind : 'unauthorized', 'GET report');
      };
      const logins: number[] = [];

      // Act: each second another job, in one of two instances that live on, or a new one.
      const lasting = [instance('first'), instance('second')];
      for (let seconds = 0; seconds < 120; seconds++) {
        const before = api.logins;
        const caller = lasting[seconds % 3] ?? instance(`new ${seconds}`);
        await expect(caller.withToken(halfBroken)).rejects.toThrow(EvidenceError);
        if (api.logins > before) logins.push(seconds);
        clock.now += 1000;
      }

      // Assess
      expect(logins.length).toBeLessThan(8);
      expect(await stored()).toMatchObject({ useless: { N: `${api.logins}` } });
    },
  );

  test('ends the count of what did not help before with the first call that it opens', async () => {
    const { api, instance, stored } = underTest();
    await instance('first').withToken(api.call);
    expect(await stored()).not.toHaveProperty('useless');
  });

  describe('after others that did not help, and is good,', () => {
    /** Something has been of no avail twice, then the token in force ends. */
    const unlucky = async () => {
      const sut = underTest();
      const first = sut.instance('first');
      await first.withToken(sut.api.call);
      for (const _ of [1, 2]) {
        await expect(first.withToken(refuse)).rejects.toThrow('GET document');
        sut.clock.now += 10_000;
      }
      sut.api.expireTokens();
      return { ...sut, first, failing: failing(sut.api) };
    };
    /** A call that fails so where the token is good. */
    const failing = (api: ReturnType<typeof provider>) => (kind: FailureKind) => async (token: string) => {
      await api.call(token);
      throw new EvidenceError(kind, `GET report: ${kind}`);
    };

    test.each(['not_ready', 'forbidden', 'not_found', 'gone', 'too_large', 'unexpected'] as const)(
      'ends the pause also where the call that shows it fails: %s',
      async (kind) => {
        // Prepare
        const { api, first, failing, stored } = await unlucky();
        // Act
        await expect(first.withToken(failing(kind))).rejects.toMatchObject({ kind });
        // Assess
        expect(await stored()).not.toHaveProperty('useless');
        api.expireTokens();
        expect(await first.withToken(api.call), 'a token that ends is renewed at once').toBe(
          'answer to token-5',
        );
      },
    );

    test.each(['transient', 'throttled', 'no_account'] as const)(
      'is not known to be so by %s, but by the next call that is answered',
      async (kind) => {
        // Prepare
        const { api, first, failing, stored } = await unlucky();
        await expect(first.withToken(failing(kind))).rejects.toMatchObject({ kind });
        expect(await stored()).toMatchObject({ useless: { N: '3' } });
        // Act
        await first.withToken(api.call);
        // Assess
        expect(await stored()).not.toHaveProperty('useless');
      },
    );

    test('does not help what it did not help, whatever else it opens', async () => {
      // Prepare
      const { api, first, stored } = await unlucky();
      await expect(first.withToken(refuse)).rejects.toThrow('GET document');
      // Act
      await first.withToken(api.call);
      // Assess
      expect(await stored()).toMatchObject({ useless: { N: '3' } });
      await expect(first.withToken(refuse)).rejects.toThrow('no login for 20 s');
    });
  });

  test.each(['transient', 'not_found', 'throttled'] as const)('has nothing to do with %s', async (kind) => {
    // Prepare
    const { api, instance } = underTest();
    const fail = async () => {
      api.calls += 1;
      throw new EvidenceError(kind, 'another failure');
    };

    // Act
    const call = instance('first').withToken(fail);

    // Assess
    await expect(call).rejects.toMatchObject({ kind });
    expect({ logins: api.logins, calls: api.calls }).toEqual({ logins: 1, calls: 1 });
  });
});

describe.concurrent('a login that fails', () => {
  test.each([
    { kind: 'transient', pauses: [1, 2, 4, 8] },
    { kind: 'throttled', pauses: [1, 2, 4, 8] },
    { kind: 'unauthorized', pauses: [5, 10, 20, 40] },
  ] as const)(
    'as $kind surfaces, and is not tried again by anybody for $pauses seconds',
    async ({ kind, pauses }) => {
      // Prepare
      const { api, clock, instance, stored } = underTest();
      api.loginFails = kind;
      api.loginMs = 0;

      for (const [index, seconds] of pauses.entries()) {
        // Act
        await expect(instance('first').withToken(api.call)).rejects.toThrow('POST login: answered 401');
        const tooEarly = instance('second').withToken(api.call);

        // Assess
        await expect(tooEarly).rejects.toMatchObject({ kind, retryAfterSeconds: seconds });
        expect(api.logins).toBe(index + 1);
        expect(await stored()).not.toHaveProperty('leaseUntil');
        clock.now += seconds * 1000;
      }
      api.loginFails = null;
      expect(await instance('second').withToken(api.call)).toBe('answer to token-5');
    },
  );

  test('for now is counted apart from those that do not help, and ends with the first that is answered', async () => {
    // Prepare: a provider that cannot be reached for a while.
    const { api, clock, instance } = underTest();
    const first = instance('first');
    const pauseAfter = async (call: (token: string) => Promise<unknown>) => {
      await expect(first.withToken(call)).rejects.toThrow();
      const paused = instance('second').withToken(call);
      const { retryAfterSeconds } = await paused.then(Object, (error) => error);
      clock.now += retryAfterSeconds * 1000;
      return retryAfterSeconds;
    };
    api.loginMs = 0;
    await first.withToken(api.call);
    api.expireTokens();
    api.loginFails = 'transient';
    expect([await pauseAfter(api.call), await pauseAfter(api.call), await pauseAfter(api.call)]).toEqual([
      1, 2, 4,
    ]);
    // Act and assess
    api.loginFails = null;
    expect([await pauseAfter(refuse), await pauseAfter(refuse)]).toEqual([5, 10]);
    api.loginFails = 'throttled';
    expect([await pauseAfter(refuse), await pauseAfter(refuse)]).toEqual([1, 2]);
    api.loginFails = 'unauthorized';
    expect([await pauseAfter(refuse), await pauseAfter(refuse)]).toEqual([20, 40]);
    api.loginFails = 'transient';
    expect([await pauseAfter(refuse), await pauseAfter(refuse)]).toEqual([1, 2]);
  });

  test('is not tried again before the provider said', async () => {
    // Prepare
    const { api, clock, instance } = underTest();
    api.loginFails = 'throttled';
    api.retryAfterSeconds = 120;
    const first = instance('first');
    await expect(first.withToken(api.call)).rejects.toThrow('POST login');
    api.loginFails = null;

    // Act
    clock.now += 119_000;
    const tooEarly = first.withToken(api.call);

    // Assess
    await expect(tooEarly).rejects.toMatchObject({ kind: 'throttled', retryAfterSeconds: 1 });
    clock.now += 1000;
    expect(await first.withToken(api.call)).toBe('answer to token-2');
  });

  test.each([
    { title: 'no credentials', error: new EvidenceError('no_account', 'fill in the secret') },
    { title: 'a fault of ours', error: new TypeError('x is not a function') },
  ])('for want of a login ($title) pauses nobody', async ({ error }) => {
    // Prepare
    const { api, sessionId, store, instance, stored } = underTest();
    const unable = providerSession({ store, sessionId, owner: 'unable', login: () => Promise.reject(error) });

    // Act
    await expect(unable.withToken(api.call)).rejects.toBe(error);

    // Assess
    expect(await stored()).not.toHaveProperty('leaseUntil');
    expect(await instance('next').withToken(api.call)).toBe('answer to token-1');
  });

  test('by being refused is not tried again by anybody for 5 s, then 10 s, and so on up to 15 minutes', async () => {
    // Prepare
    const { api, clock, instance } = underTest();
    api.loginFails = 'unauthorized';
    api.loginMs = 0;
    const pauses: number[] = [];
    let last = clock.now;

    // Act: each second, two instances would like to.
    for (let seconds = 0; seconds < 3100; seconds += 5) {
      const before = api.logins;
      await expect(instance(`${seconds % 2}`).withToken(api.call)).rejects.toMatchObject({
        kind: 'unauthorized',
      });
      if (api.logins > before) {
        pauses.push((clock.now - last) / 1000);
        last = clock.now;
      }
      clock.now += 5000;
    }

    // Assess
    expect(pauses.slice(0, 11)).toEqual([0, 5, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
  });

  test('by being refused is forgotten with the first that is not', async () => {
    // Prepare
    const { api, clock, instance } = underTest();
    api.loginFails = 'unauthorized';
    await expect(instance('first').withToken(api.call)).rejects.toThrow('answered 401');
    const first = instance('first');

    // Act
    await expect(first.withToken(api.call)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^session idnow:company-\d+: no login for 5 s, since the last one failed$/,
      ),
      retryAfterSeconds: 5,
    });
    api.loginFails = null;
    clock.now += 5000;
    const answer = await first.withToken(api.call);

    // Assess
    expect([answer, api.logins]).toEqual(['answer to token-2', 2]);
    api.expireTokens();
    api.loginFails = 'unauthorized';
    await expect(first.withToken(api.call)).rejects.toThrow('answered 401');
    clock.now += 5000;
    await expect(first.withToken(api.call), 'five seconds again, not ten').rejects.toThrow('answered 401');
  });

  test('is tried once for all calls that wait for it in an instance', async () => {
    // Prepare
    const { api, instance } = underTest();
    const first = instance('first');
    api.loginFails = 'unauthorized';

    // Act
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => first.withToken(api.call)));

    // Assess
    expect(results.map(({ status }) => status)).toEqual(Array(10).fill('rejected'));
    expect(api.logins).toBe(1);
  });
});

test.concurrent('a pause that is shortened for tests ends earlier, and is told in full', async () => {
  // Prepare
  const { api, clock, sessionId } = underTest();
  const store = dynamoSessionStore(dynamodb.client, 'Sessions', () => clock.now, 0.1);
  const session = providerSession({ store, sessionId, owner: 'the-one', login: api.login });
  api.loginFails = 'unauthorized';
  await expect(session.withToken(api.call)).rejects.toThrow('answered 401');

  // Act
  clock.now += 400;
  await expect(session.withToken(api.call)).rejects.toThrow('no login for 1 s');
  clock.now += 100;
  api.loginFails = null;

  // Assess
  expect(await session.withToken(api.call)).toBe('answer to token-2');
});

describe.concurrent('a lease', () => {
  test('of a holder that died is taken over when it has ended, not before', async () => {
    // Prepare
    const { api, clock, store, instance, sessionId } = underTest();
    await store.acquireLease(sessionId, 0, 'dead', leaseMs);
    const waiting = instance('next').withToken(api.call);
    const begun = clock.now;

    // Act
    clock.now = begun + leaseMs;
    expect(await store.acquireLease(sessionId, 0, 'early', leaseMs)).toBe(false);
    expect(api.logins).toBe(0);
    clock.now = begun + leaseMs + 1;

    // Assess
    expect(await waiting).toBe('answer to token-1');
    expect(api.logins).toBe(1);
  });

  test.each([
    { title: 'nobody holds it', before: [], refused: 0, taken: true },
    { title: 'another holds it', before: ['lease'], refused: 0, taken: false },
    { title: 'the refused token is in force', before: ['token'], refused: 1, taken: true },
    { title: 'a newer token is in force', before: ['token'], refused: 0, taken: false },
    {
      title: 'an older token is in force (it was lost and made anew)',
      before: ['token'],
      refused: 7,
      taken: true,
    },
  ])('is given where $title: $taken', async ({ before, refused, taken }) => {
    // Prepare
    const { store, sessionId } = underTest();
    if (before.length > 0) await store.acquireLease(sessionId, 0, 'other', leaseMs);
    if (before.includes('token'))
      await store.save(sessionId, 'other', { authToken: 't', generation: 1 }, noPause);

    // Act
    const result = await store.acquireLease(sessionId, refused, 'me', leaseMs);

    // Assess
    expect(result).toBe(taken);
  });

  test('is not given while logins are paused', async () => {
    // Prepare
    const { clock, store, sessionId } = underTest();
    await store.acquireLease(sessionId, 0, 'refused', leaseMs);
    await store.fail(sessionId, 'refused', { ...noPause, reason: 'throttled', failed: 3, ms: 5000 });
    // Act and assess
    expect(await store.read(sessionId)).toEqual({
      token: null,
      pausedMs: 5000,
      pauseReason: 'throttled',
      useless: 0,
      failed: 3,
    });
    expect(await store.acquireLease(sessionId, 0, 'me', leaseMs)).toBe(false);
    clock.now += 5000;
    expect(await store.acquireLease(sessionId, 0, 'me', leaseMs)).toBe(true);
  });

  test.each([
    { title: 'a longer pause is made longer', pauseMs: 9000, pausedMs: 9000 },
    { title: 'a shorter pause changes nothing', pauseMs: 3000, pausedMs: 5000 },
  ])('that did not help pauses logins: $title', async ({ pauseMs, pausedMs }) => {
    // Prepare
    const { store, sessionId } = underTest();
    await store.acquireLease(sessionId, 0, 'me', leaseMs);
    await store.save(sessionId, 'me', { authToken: 't-1', generation: 1 }, noPause);
    await store.pause(sessionId, 1, { ...noPause, useless: 1, ms: 5000 });
    // Act
    await store.pause(sessionId, 1, { ...noPause, useless: 2, ms: pauseMs });
    // Assess
    expect(await store.read(sessionId)).toMatchObject({ pausedMs });
  });

  test('that brings a token ends a pause that was made meanwhile', async () => {
    // Prepare
    const { store, sessionId } = underTest();
    await store.acquireLease(sessionId, 0, 'me', leaseMs);
    await store.save(sessionId, 'me', { authToken: 't-1', generation: 1 }, noPause);
    await store.acquireLease(sessionId, 1, 'me', leaseMs);
    await store.pause(sessionId, 1, { ...noPause, useless: 1, ms: 5000 });
    expect((await store.read(sessionId)).pausedMs).toBe(5000);
    // Act
    await store.save(sessionId, 'me', { authToken: 't-2', generation: 2 }, { ...noPause, useless: 1 });
    // Assess
    expect(await store.read(sessionId)).toEqual({
      token: { authToken: 't-2', generation: 2 },
      pausedMs: 0,
      pauseReason: 'unauthorized',
      // Until the token has been of help.
      useless: 1,
      failed: 0,
    });
    await store.forgetFailures(sessionId, 1);
    expect((await store.read(sessionId)).useless, 'an older one').toBe(1);
    await store.forgetFailures(sessionId, 2);
    expect((await store.read(sessionId)).useless).toBe(0);
  });

  test('is given where only an older token did not help', async () => {
    const { store, sessionId } = underTest();
    await store.acquireLease(sessionId, 0, 'me', leaseMs);
    await store.save(sessionId, 'me', { authToken: 't-2', generation: 2 }, noPause);
    await store.pause(sessionId, 1, { ...noPause, useless: 1, ms: 5000 });
    expect((await store.read(sessionId)).pausedMs).toBe(0);
    expect(await store.acquireLease(sessionId, 2, 'me', leaseMs)).toBe(true);
  });

  test('is given to one of 20 that ask at once', async () => {
    const { store, sessionId } = underTest();

    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.acquireLease(sessionId, 0, `${index}`, leaseMs)),
    );

    expect(results.filter(Boolean)).toHaveLength(1);
  });

  test('that was lost to another neither stores a token nor ends the other’s', async () => {
    // Prepare
    const { clock, store, sessionId, stored } = underTest();
    await store.acquireLease(sessionId, 0, 'slow', leaseMs);
    clock.now += leaseMs + 1;
    await store.acquireLease(sessionId, 0, 'next', leaseMs);

    // Act
    await store.save(sessionId, 'slow', { authToken: 'late', generation: 1 }, noPause);
    await store.releaseLease(sessionId, 'slow');

    // Assess
    expect(await store.read(sessionId)).toMatchObject({ token: null, pausedMs: 0, useless: 0 });
    expect(await stored()).toMatchObject({ leaseOwner: { S: 'next' } });
  });
});
