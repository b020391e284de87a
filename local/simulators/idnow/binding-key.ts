import { createHash } from 'node:crypto';
import { jsonAnswer } from '../answer.ts';
import { answerForIdent, hasFeature, type IdnowApiAnswer, type IdnowApiCall } from './api-call.ts';
import { isFinished } from './ident-progress.ts';
import { createIdnowErrorByCause } from './idnow-error-answer.ts';

/** Answers the request for the binding key of an ident: a JWT that binds a finished ident to the user's device. */
export function answerBindingKey(call: IdnowApiCall): IdnowApiAnswer {
  return answerForIdent(call, (ident) => {
    const { id, transactionnumber } = ident.identificationprocess;
    if (hasFeature(call, 'bindingKey') && isFinished(ident)) {
      return jsonAnswer(200, { bindingKey: bindingKeyOf(transactionnumber) });
    }
    const message = `No binding key associated with the specified identification with internalToken: ${id}`;
    return createIdnowErrorByCause('OBJECT_NOT_FOUND', { key: 'id', message });
  });
}

/** Creates a token with the header of IDnow's sample. Nobody can verify its signature, which is a hash. */
function bindingKeyOf(transactionNumber: string): string {
  const parts = [{ kid: 'de.idnow.wallet.keys.Device', typ: 'JWT', alg: 'ES256' }, { iat: 1_751_297_181 }];
  const signature = createHash('sha512').update(transactionNumber).digest('base64url');
  return [...parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')), signature].join(
    '.',
  );
}
