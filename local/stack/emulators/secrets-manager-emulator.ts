import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import * as z from 'zod';
import type { CleanupList } from '../cleanup.ts';
import { getListeningPort } from '../http/free-port.ts';
import { isLoopbackHost } from '../http/loopback-host.ts';

const getSecretValue = z.strictObject({
  SecretId: z.string(),
  VersionStage: z.literal('AWSCURRENT').optional(),
});
const putSecretValue = z.strictObject({
  SecretId: z.string(),
  SecretString: z.string(),
  ClientRequestToken: z.string().optional(),
});

interface Secret {
  ARN: string;
  Name: string;
  SecretString: string | undefined;
  VersionId: string;
  CreatedDate: number;
}

export interface SecretsManagerEmulator {
  url: string;
  createSecret(name: string, secretArn: string, value: string | undefined): void;
}

/** Starts a Secrets Manager emulator. Functions need GetSecretValue, and tests of a rotation need PutSecretValue. */
export async function startSecretsManagerEmulator(cleanup: CleanupList): Promise<SecretsManagerEmulator> {
  const secrets: Secret[] = [];
  const find = (id: string) => secrets.find(({ ARN, Name }) => id === ARN || id === Name);

  const server = createServer(async (request, response) => {
    const body = await json(request).catch(() => undefined);
    const answer = isLoopbackHost(request.headersDistinct.host)
      ? respond(String(request.headers['x-amz-target']), body)
      : { ...refusal('AccessDeniedException', 'The Host header does not name this machine'), status: 403 };
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer.body));
  });

  function respond(target: string, body: unknown): { status: number; body: unknown } {
    switch (target) {
      case 'secretsmanager.GetSecretValue': {
        const request = getSecretValue.safeParse(body);
        if (!request.success) return refusal('InvalidParameterException', z.prettifyError(request.error));
        const secret = find(request.data.SecretId);
        if (secret?.SecretString === undefined) return notFound;
        return { status: 200, body: { ...secret, VersionStages: ['AWSCURRENT'] } };
      }
      case 'secretsmanager.PutSecretValue': {
        const request = putSecretValue.safeParse(body);
        if (!request.success) return refusal('InvalidParameterException', z.prettifyError(request.error));
        const secret = find(request.data.SecretId);
        if (secret === undefined) return notFound;
        secret.SecretString = request.data.SecretString;
        secret.VersionId = request.data.ClientRequestToken ?? randomUUID();
        const { ARN, Name, VersionId } = secret;
        return { status: 200, body: { ARN, Name, VersionId, VersionStages: ['AWSCURRENT'] } };
      }
      default:
        return refusal('InvalidAction', `The local Secrets Manager does not know ${target}`);
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanup.add(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return {
    url: `http://127.0.0.1:${getListeningPort(server.address())}`,
    createSecret(name, secretArn, value) {
      secrets.push({
        ARN: secretArn,
        Name: name,
        SecretString: value,
        VersionId: randomUUID(),
        CreatedDate: now(),
      });
    },
  };
}

function now(): number {
  return Date.now() / 1000;
}

const notFound = refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");

function refusal(type: string, message: string) {
  return { status: 400, body: { __type: type, message } };
}
