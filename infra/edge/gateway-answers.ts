import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { sourceAddressRefused } from '../../shared/receiving/problem-answers.ts';

interface GatewayAnswer {
  /**
   * The construct's id. Never change it: CloudFormation would first write the answer under the new id, and then remove
   * the same answer under the old id.
   */
  readonly id: string;
  readonly type: ResponseType;
  readonly title: string;
  /** The status of the answer. Null keeps the status of API Gateway, which depends on the error. */
  readonly status: string | null;
  readonly detail?: string;
}

/**
 * The errors that API Gateway itself answers, in the format of our answers (RFC 9457). API Gateway's 5xx errors have
 * status 503, like the errors of our functions.
 */
const gatewayAnswers: readonly GatewayAnswer[] = [
  { id: 'Gateway404', type: ResponseType.MISSING_AUTHENTICATION_TOKEN, status: '404', title: 'Not Found' },
  { id: 'Gateway413', type: ResponseType.REQUEST_TOO_LARGE, status: '413', title: 'Content Too Large' },
  { id: 'Gateway429', type: ResponseType.THROTTLED, status: '429', title: 'Too Many Requests' },
  // The only rule of our web ACL limits the rate of an address.
  { id: 'GatewayWaf', type: ResponseType.WAF_FILTERED, status: '429', title: 'Too Many Requests' },
  {
    id: 'GatewayAccessDenied',
    type: ResponseType.ACCESS_DENIED,
    status: '403',
    title: 'Forbidden',
    detail: sourceAddressRefused,
  },
  { id: 'GatewayDefault4xx', type: ResponseType.DEFAULT_4XX, status: null, title: 'Client Error' },
  { id: 'Gateway503', type: ResponseType.DEFAULT_5XX, status: '503', title: 'Service Unavailable' },
];

/** The statuses after which a provider should send the webhook again. */
const retryable: readonly (string | null)[] = ['429', '503'];

/** Makes API Gateway answer its own errors in the format of our answers. */
export function addGatewayAnswers(api: RestApi): void {
  for (const { id, type, status, title, detail } of gatewayAnswers) {
    const problem = {
      type: 'about:blank',
      title,
      ...(status === null ? {} : { status: Number(status) }),
      ...(detail === undefined ? {} : { detail }),
    };
    api.addGatewayResponse(id, {
      type,
      ...(status === null ? {} : { statusCode: status }),
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        ...(retryable.includes(status) ? { 'Retry-After': "'5'" } : {}),
      },
      templates: { 'application/json': JSON.stringify(problem) },
    });
  }
}
