import type { IConstruct } from 'constructs';
import { acknowledgeFindings } from './acknowledge.ts';

/** Accepts the findings about the HTTPS endpoint that follow from what providers can do. */
export function acknowledgeApiFindings(api: IConstruct): void {
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
    'Logs and the history follow each delivery by its id. Traces of AWS X-Ray would record URLs with the references of cases.',
    'Serverless-APIGWXrayEnabled',
    'CT.APIGATEWAY.PR.2',
  );
  acknowledgeFindings(
    api,
    'Only API Gateway may invoke a receiver, and only for the routes of this API. The rule cannot read the ARN of a route, because CloudFormation joins it from parts.',
    'CT.LAMBDA.PR.2',
  );
  acknowledgeFindings(
    api,
    'The history stores each authentic delivery with its source address, and the receiver logs each refused request. Execution logs would contain personal data: API Gateway writes the bodies into them.',
    'AwsSolutions-APIG1',
    'AwsSolutions-APIG6',
    'NIST.800.53.R5-APIGWExecutionLoggingEnabled',
    'PCI.DSS.321-APIGWExecutionLoggingEnabled',
    'Serverless-APIGWAccessLogging',
    'CT.APIGATEWAY.PR.1',
  );
  acknowledgeFindings(
    api,
    'API Gateway limits each account to 10,000 requests per second. The receiver compares credentials before it reads a body, and answers unknown senders without a write.',
    'AwsSolutions-APIG3',
    'NIST.800.53.R5-APIGWAssociatedWithWAF',
    'PCI.DSS.321-APIGWAssociatedWithWAF',
    'Serverless-APIGWDefaultThrottling',
  );
}
