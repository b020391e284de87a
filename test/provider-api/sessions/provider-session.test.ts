import { DeleteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EvidenceError, type FailureKind } from '../../../shared/provider-api/evidence-error.ts';
import { createDynamoSessionStore } from '../../../shared/provider-api/sessions/dynamo-session-store.ts';
import { createProviderSession } from '../../../shared/provider-api/sessions/provider-session.ts';
import { type DynamoDbUnderTest, startDynamoDb } from '../../support/dynamodb.ts';

let dynamodb: DynamoDbUnderTest;
beforeAll(async () => {
  dynamodb = await startDynamoDb();
  await dynamodb.createTable('Sessions', 'sessionId');
});
afterAll(() => dynamodb.stop());

const leaseMs = 20_000;
const noPause = { reason: 'unauthorized', unsuccessfulLogins: 0, failedLogins: 0, ms: 0 } as const;

/** Makes a call that the provider refuses with 401, whichever token the call presents. */
const refuse = async () => {
  throw new EvidenceError('unauthorized', 'GET document: answered 401');
};

/** Makes a provider that accepts only its newest token. It counts its logins and its calls. */
function provider() {
  const state = {
    logins: 0,
    calls: 0,
    valid: '',
    loginFails: null as 'unauthorized' | 'throttled' | 'transient' | null,
    retryAfterSeconds: 0,
    /** The duration of a login in milliseconds. Meanwhile, all other callers also try to log in. */
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

/** Makes function instances that share one login session in the table. Each instance has its own memory. */
function underTest() {
  const sessionId = `idnow:company-${sessions++}`;
  const api = provider();
  const clock = { now: Date.now() };
  const store = createDynamoSessionStore(dynamodb.client, 'Sessions', () => clock.now);
  const instance = (owner: string) => createProviderSession({ store, sessionId, owner, login: api.login });
  const stored = async () => {
    const { Item: item } = await dynamodb.client.send(
      new GetItemCommand({ TableName: 'Sessions', Key: { sessionId: { S: sessionId } } }),
    );
    return item;
  };
  return { sessionId, api, clock, store, instance, stored };
}

describe.concurrent('logging in', () => {
  test('50 concurrent calls in five instances cause one login', async () => {
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

  test('a second instance uses the token in the table, and does not log in', async () => {
    // Prepare
    const { api, instance } = underTest();
    await instance('first').withToken(api.call);

    // Act
    const answer = await instance('second').withToken(api.call);

    // Assess
    expect(answer).toBe('answer to token-1');
    expect(api.logins).toBe(1);
  });

  test('an instance reads its token from the table only once, and then keeps it in memory', async () => {
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

  test('two accounts at a provider have separate login sessions', async () => {
    // Prepare
    const one = underTest();
    const other = underTest();

    // Act
    await one.instance('x').withToken(one.api.call);
    await other.instance('x').withToken(other.api.call);

    // Assess
    expect([one.api.logins, other.api.logins]).toEqual([1, 1]);
  });

  test('a stored token has no TTL, so DynamoDB never deletes it, and the lease of its login has ended', async () => {
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
    // If the row had `expiresAt`, DynamoDB would delete a token that is still valid.
    expect(await stored()).not.toHaveProperty('expiresAt');
  });
});

describe.concurrent('a token that is refused', () => {
  test('if the provider refuses a token, the instance logs in once and repeats the call', async () => {
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

  test('if 50 concurrent calls in five instances present an expired token, only one login follows', async () => {
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

  test('an instance with an old token uses the token that another instance renewed, and does not log in', async () => {
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

  test('an instance logs in if its own token and the newer token in the table have both expired', async () => {
    // Prepare: `asleep` has the first token, the table has the second token, and both tokens have expired.
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

  test('a call fails as unauthorized if the provider also refuses the renewed token', async () => {
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

  test('after the provider refuses a new token, no instance logs in for five seconds', async () => {
    // Prepare: the provider refuses every call for one resource, whichever token the call presents.
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
    expect(others, 'the token is valid for other calls').toEqual(Array(2).fill('answer to token-2'));
    clock.now += 5000;
    await expect(first.withToken(refuse)).rejects.toThrow('GET document');
    expect(api.logins).toBe(3);
  });

  test('if the provider refuses a resource with every token, logins become rarer, down to one in 15 minutes', async () => {
    // Prepare
    const { api, clock, instance } = underTest();
    api.loginMs = 0;
    const first = instance('first');
    await first.withToken(api.call);
    const pauses: number[] = [];
    let last = clock.now;

    // Act: every few seconds, one instance requests the refused resource. Then `first` requests another resource.
    let step = 5;
    for (let seconds = 0, calls = 0; seconds < 3100; seconds += step, calls += 1) {
      // From here on, every expected pause is a multiple of 20 seconds, so the steps can be longer.
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

  test('until a call shows that a new token is valid, no other instance logs in', async () => {
    // Prepare: one login was unsuccessful, because the provider refused the new token.
    const { api, clock, instance } = underTest();
    const refuseReport = async () => {
      throw new EvidenceError('unauthorized', 'GET report: answered 401');
    };
    const [first, second] = [instance('first'), instance('second')];
    await first.withToken(api.call);
    await expect(first.withToken(refuseReport)).rejects.toThrow('GET report');
    clock.now += 5000;
    const before = api.logins;

    // Act: `first` logs in and waits for the answer to its call. Meanwhile, the provider refuses a call of `second`.
    const [requested, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = first.withToken(async () => {
      if (api.logins > before) {
        requested.resolve();
        await released.promise;
      }
      return refuseReport();
    });
    await requested.promise;
    const quick = second.withToken(refuseReport);

    // Assess
    await expect(quick).rejects.toThrow('no login for 10 s');
    released.resolve();
    await expect(slow).rejects.toThrow('GET report');
    expect(api.logins).toBe(before + 1);
    expect(await second.withToken(api.call), 'the new token is valid for other calls').toBe(
      'answer to token-3',
    );
  });

  test('if a call with a new token succeeds, the count of unsuccessful logins starts again at zero', async () => {
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
    'a login counts as unsuccessful until the provider accepts its token, even if the first call fails as %s',
    async (kind) => {
      // Prepare: the first call with each token fails as `kind`. The provider refuses each later call with this token.
      const { api, clock, instance, stored } = underTest();
      api.loginMs = 0;
      const seen = new Set<string>();
      const halfBroken = async (token: string) => {
        const isFirst = !seen.has(token);
        seen.add(token);
        throw new EvidenceError(isFirst ? kind : 'unauthorized', 'GET report');
      };
      const logins: number[] = [];

      // Act: each second, `first`, `second` or a new instance makes a call.
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

  test('the first call that the provider accepts after a login removes the count of unsuccessful logins', async () => {
    const { api, instance, stored } = underTest();
    await instance('first').withToken(api.call);
    expect(await stored()).not.toHaveProperty('useless');
  });

  describe('a valid token after unsuccessful logins', () => {
    /** Prepares a login session that had two unsuccessful logins, and whose token has expired. */
    const afterFruitlessLogins = async () => {
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
    /** Makes a call that fails as `kind`, although the provider accepts its token. */
    const failing = (api: ReturnType<typeof provider>) => (kind: FailureKind) => async (token: string) => {
      await api.call(token);
      throw new EvidenceError(kind, `GET report: ${kind}`);
    };

    test.each(['not_ready', 'forbidden', 'not_found', 'gone', 'too_large', 'unexpected'] as const)(
      'a call that fails as %s shows that its token is valid, so the pause of logins ends',
      async (kind) => {
        // Prepare
        const { api, first, failing, stored } = await afterFruitlessLogins();
        // Act
        await expect(first.withToken(failing(kind))).rejects.toMatchObject({ kind });
        // Assess
        expect(await stored()).not.toHaveProperty('useless');
        api.expireTokens();
        expect(await first.withToken(api.call), 'an expired token is renewed at once').toBe(
          'answer to token-5',
        );
      },
    );

    test.each(['transient', 'throttled', 'no_account'] as const)(
      'a call that fails as %s does not end the pause of logins; the next call that succeeds ends it',
      async (kind) => {
        // Prepare
        const { api, first, failing, stored } = await afterFruitlessLogins();
        await expect(first.withToken(failing(kind))).rejects.toMatchObject({ kind });
        expect(await stored()).toMatchObject({ useless: { N: '3' } });
        // Act
        await first.withToken(api.call);
        // Assess
        expect(await stored()).not.toHaveProperty('useless');
      },
    );

    test('if one resource is refused, a success with another resource does not end the pause of logins', async () => {
      // Prepare
      const { api, first, stored } = await afterFruitlessLogins();
      await expect(first.withToken(refuse)).rejects.toThrow('GET document');
      // Act
      await first.withToken(api.call);
      // Assess
      expect(await stored()).toMatchObject({ useless: { N: '3' } });
      await expect(first.withToken(refuse)).rejects.toThrow('no login for 20 s');
    });
  });

  test.each(['transient', 'not_found', 'throttled'] as const)(
    'a call that fails as %s does not cause another login',
    async (kind) => {
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
    },
  );
});

describe.concurrent('a login that fails', () => {
  test.each([
    { kind: 'transient', pauses: [1, 2, 4, 8] },
    { kind: 'throttled', pauses: [1, 2, 4, 8] },
    { kind: 'unauthorized', pauses: [5, 10, 20, 40] },
  ] as const)(
    'if logins keep failing as $kind, the pauses between them are $pauses seconds',
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

  test('temporary login failures have their own count, which starts again at zero after an answered login', async () => {
    // Prepare: three logins fail, because the provider cannot be reached.
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
    // Act and assess: temporary failures start again at 1 second; unsuccessful logins continue: 5, 10, 20, 40 seconds.
    api.loginFails = null;
    expect([await pauseAfter(refuse), await pauseAfter(refuse)]).toEqual([5, 10]);
    api.loginFails = 'throttled';
    expect([await pauseAfter(refuse), await pauseAfter(refuse)]).toEqual([1, 2]);
    api.loginFails = 'unauthorized';
    expect([await pauseAfter(refuse), await pauseAfter(refuse)]).toEqual([20, 40]);
    api.loginFails = 'transient';
    expect([await pauseAfter(refuse), await pauseAfter(refuse)]).toEqual([1, 2]);
  });

  test('no instance logs in before the time in Retry-After has passed', async () => {
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
    { title: 'credentials are missing', error: new EvidenceError('no_account', 'fill in the secret') },
    { title: 'our code fails', error: new TypeError('x is not a function') },
  ])('logins are not paused if no login request was sent, because $title', async ({ error }) => {
    // Prepare
    const { api, sessionId, store, instance, stored } = underTest();
    const unable = createProviderSession({
      store,
      sessionId,
      owner: 'unable',
      login: () => Promise.reject(error),
    });

    // Act
    await expect(unable.withToken(api.call)).rejects.toBe(error);

    // Assess
    expect(await stored()).not.toHaveProperty('leaseUntil');
    expect(await instance('next').withToken(api.call)).toBe('answer to token-1');
  });

  test('if logins are refused repeatedly, the pause of all instances doubles from 5 seconds up to 15 minutes', async () => {
    // Prepare
    const { api, clock, instance } = underTest();
    api.loginFails = 'unauthorized';
    api.loginMs = 0;
    const pauses: number[] = [];
    let last = clock.now;

    // Act: every five seconds, one of two instances makes a call, which needs a login.
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

  test('after a login succeeds, the next refused login causes a pause of only five seconds', async () => {
    // Prepare
    const { api, clock, instance } = underTest();
    api.loginFails = 'unauthorized';
    await expect(instance('first').withToken(api.call)).rejects.toThrow('answered 401');
    const first = instance('first');

    // Act
    await expect(first.withToken(api.call)).rejects.toMatchObject({
      message: expect.stringMatching(
        /^session idnow:company-\d+: no login for 5 s, because the last login failed$/,
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
    await expect(first.withToken(api.call), 'the pause is five seconds again, not ten').rejects.toThrow(
      'answered 401',
    );
  });

  test('if a login fails, all calls of the instance that wait for this login fail too', async () => {
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

test.concurrent('if a test shortens a pause, the pause ends earlier, but errors report its full length', async () => {
  // Prepare
  const { api, clock, sessionId } = underTest();
  const store = createDynamoSessionStore(dynamodb.client, 'Sessions', () => clock.now, 0.1);
  const session = createProviderSession({ store, sessionId, owner: 'the-one', login: api.login });
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
  test('an instance takes over the lease of an instance that died, but not before the lease has ended', async () => {
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
    { title: 'granted if no instance holds it', before: [], refused: 0, taken: true },
    { title: 'denied if another instance holds it', before: ['lease'], refused: 0, taken: false },
    { title: 'granted if the stored token is the refused token', before: ['token'], refused: 1, taken: true },
    {
      title: 'denied if the stored token is newer than the refused token',
      before: ['token'],
      refused: 0,
      taken: false,
    },
    {
      title: 'granted if the stored token is older, because the row was lost and written again',
      before: ['token'],
      refused: 7,
      taken: true,
    },
  ])(
    'the session store grants a lease only to an instance that must log in: a lease is $title',
    async ({ before, refused, taken }) => {
      // Prepare
      const { store, sessionId } = underTest();
      if (before.length > 0) await store.acquireLease(sessionId, 0, 'other', leaseMs);
      if (before.includes('token'))
        await store.save(sessionId, 'other', { authToken: 't', generation: 1 }, noPause);

      // Act
      const result = await store.acquireLease(sessionId, refused, 'me', leaseMs);

      // Assess
      expect(result).toBe(taken);
    },
  );

  test('the session store denies a lease while logins are paused', async () => {
    // Prepare
    const { clock, store, sessionId } = underTest();
    await store.acquireLease(sessionId, 0, 'refused', leaseMs);
    await store.recordFailure(sessionId, 'refused', {
      ...noPause,
      reason: 'throttled',
      failedLogins: 3,
      ms: 5000,
    });
    // Act and assess: the store denies leases until the pause ends.
    expect(await store.read(sessionId)).toEqual({
      token: null,
      pausedMs: 5000,
      pauseReason: 'throttled',
      unsuccessfulLogins: 0,
      failedLogins: 3,
    });
    expect(await store.acquireLease(sessionId, 0, 'me', leaseMs)).toBe(false);
    clock.now += 5000;
    expect(await store.acquireLease(sessionId, 0, 'me', leaseMs)).toBe(true);
  });

  test.each([
    { title: 'a longer pause replaces a shorter pause', pauseMs: 9000, pausedMs: 9000 },
    { title: 'a shorter pause does not replace a longer pause', pauseMs: 3000, pausedMs: 5000 },
  ])(
    'after an unsuccessful login, the session store never makes the pause of logins shorter: $title',
    async ({ pauseMs, pausedMs }) => {
      // Prepare
      const { store, sessionId } = underTest();
      await store.acquireLease(sessionId, 0, 'me', leaseMs);
      await store.save(sessionId, 'me', { authToken: 't-1', generation: 1 }, noPause);
      await store.pause(sessionId, 1, { ...noPause, unsuccessfulLogins: 1, ms: 5000 });
      // Act
      await store.pause(sessionId, 1, { ...noPause, unsuccessfulLogins: 2, ms: pauseMs });
      // Assess
      expect(await store.read(sessionId)).toMatchObject({ pausedMs });
    },
  );

  test('if a pause of logins begins while an instance logs in, storing the new token ends this pause', async () => {
    // Prepare
    const { store, sessionId } = underTest();
    await store.acquireLease(sessionId, 0, 'me', leaseMs);
    await store.save(sessionId, 'me', { authToken: 't-1', generation: 1 }, noPause);
    await store.acquireLease(sessionId, 1, 'me', leaseMs);
    await store.pause(sessionId, 1, { ...noPause, unsuccessfulLogins: 1, ms: 5000 });
    expect((await store.read(sessionId)).pausedMs).toBe(5000);
    // Act
    await store.save(
      sessionId,
      'me',
      { authToken: 't-2', generation: 2 },
      { ...noPause, unsuccessfulLogins: 1 },
    );
    // Assess
    expect(await store.read(sessionId)).toEqual({
      token: { authToken: 't-2', generation: 2 },
      pausedMs: 0,
      pauseReason: 'unauthorized',
      // The login counts as unsuccessful until a call shows that its token is valid.
      unsuccessfulLogins: 1,
      failedLogins: 0,
    });
    await store.forgetFailures(sessionId, 1);
    expect((await store.read(sessionId)).unsuccessfulLogins, 'an older token changes nothing').toBe(1);
    await store.forgetFailures(sessionId, 2);
    expect((await store.read(sessionId)).unsuccessfulLogins).toBe(0);
  });

  test('the session store ignores a pause for an older token, because a newer token is stored', async () => {
    const { store, sessionId } = underTest();
    await store.acquireLease(sessionId, 0, 'me', leaseMs);
    await store.save(sessionId, 'me', { authToken: 't-2', generation: 2 }, noPause);
    await store.pause(sessionId, 1, { ...noPause, unsuccessfulLogins: 1, ms: 5000 });
    expect((await store.read(sessionId)).pausedMs).toBe(0);
    expect(await store.acquireLease(sessionId, 2, 'me', leaseMs)).toBe(true);
  });

  test('if 20 instances request a lease at the same time, exactly one instance gets it', async () => {
    const { store, sessionId } = underTest();

    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.acquireLease(sessionId, 0, `${index}`, leaseMs)),
    );

    expect(results.filter(Boolean)).toHaveLength(1);
  });

  test('an instance whose lease has ended cannot store a token, nor end the lease of the next instance', async () => {
    // Prepare
    const { clock, store, sessionId, stored } = underTest();
    await store.acquireLease(sessionId, 0, 'slow', leaseMs);
    clock.now += leaseMs + 1;
    await store.acquireLease(sessionId, 0, 'next', leaseMs);

    // Act
    await store.save(sessionId, 'slow', { authToken: 'late', generation: 1 }, noPause);
    await store.releaseLease(sessionId, 'slow');

    // Assess
    expect(await store.read(sessionId)).toMatchObject({ token: null, pausedMs: 0, unsuccessfulLogins: 0 });
    expect(await stored()).toMatchObject({ leaseOwner: { S: 'next' } });
  });
});
