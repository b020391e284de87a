import type { IConstruct } from 'constructs';
import { acknowledgeFindings } from './acknowledge.ts';

interface ApiProtection {
  /** True if X-Ray traces the requests. */
  readonly isTraced: boolean;
  readonly hasAccessLogs: boolean;
  /** True if the API has a web application firewall. */
  readonly hasWebAcl: boolean;
}

/** Accepts the findings about the HTTPS endpoint that follow from what providers can do, and from the stage's settings. */
export function acknowledgeApiFindings(
  api: IConstruct,
  { isTraced, hasAccessLogs, hasWebAcl }: ApiProtection,
): void {
  acknowledgeFindings(
    api,
    'The receiver validates each request, because it must answer the provider and store the raw body of a delivery that it does not understand.',
    'AwsSolutions-APIG2',
  );
  acknowledgeFindings(
    api,
    'Providers have neither IAM credentials nor a Cognito user. The receiver checks their credentials and the source address, and refuses every webhook while its secret is empty.',
    'AwsSolutions-APIG4',
    'AwsSolutions-COG4',
  );
  acknowledgeFindings(
    api,
    'Every request is a POST with another body, so there is nothing to cache.',
    'NIST.800.53.R5-APIGWCacheEnabledAndEncrypted',
    'PCI.DSS.321-APIGWCacheEnabledAndEncrypted',
  );
  acknowledgeFindings(
    api,
    'The only backend is Lambda, which API Gateway calls with IAM. A client certificate proves API Gateway to HTTP backends only.',
    'NIST.800.53.R5-APIGWSSLEnabled',
    'PCI.DSS.321-APIGWSSLEnabled',
  );
  acknowledgeFindings(
    api,
    'Only API Gateway may invoke a receiver, and only for the routes of this API. The rule cannot read the ARN of a route, because CloudFormation joins it from parts.',
    'CT.LAMBDA.PR.2',
  );
  acknowledgeFindings(
    api,
    'Execution logs would contain personal data and credentials: API Gateway writes bodies and signed URLs into them. The history stores each authentic delivery, and the receiver logs each refused request.',
    'AwsSolutions-APIG6',
    'NIST.800.53.R5-APIGWExecutionLoggingEnabled',
    'PCI.DSS.321-APIGWExecutionLoggingEnabled',
    'CT.APIGATEWAY.PR.1',
  );
  if (!isTraced)
    acknowledgeFindings(
      api,
      'X-Ray stores complete URLs, and a signed URL of a provider is a credential. The functions are traced, without URLs.',
      'Serverless-APIGWXrayEnabled',
      'CT.APIGATEWAY.PR.2',
    );
  if (!hasAccessLogs)
    acknowledgeFindings(
      api,
      'Only a stage without real cases may omit access logs. API Gateway writes them with a role that the account has once per region, which a test stage should not have to set.',
      'AwsSolutions-APIG1',
      'Serverless-APIGWAccessLogging',
    );
  if (!hasWebAcl)
    acknowledgeFindings(
      api,
      'The resource policy refuses addresses outside the networks of a provider, and each path has a limit of requests. The setting `edge.webAcl` adds a firewall with a limit per address.',
      'AwsSolutions-APIG3',
      'NIST.800.53.R5-APIGWAssociatedWithWAF',
      'PCI.DSS.321-APIGWAssociatedWithWAF',
    );
}
