import {
  BasePathMapping,
  DomainName,
  EndpointAccessMode,
  EndpointType,
  type RestApi,
  SecurityPolicy,
} from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';
import { acknowledgeFindings } from '../acknowledge.ts';
import type { EdgeSettings } from '../stage/edge.ts';

/**
 * TLS 1.2 with forward secrecy, or TLS 1.3. The default of API Gateway also accepts TLS 1.0. The access mode `BASIC` is the
 * one that an API with the old default can change to.
 */
export const tlsSettings = {
  securityPolicy: SecurityPolicy.TLS13_1_2_PFS_PQ_2025_09,
  endpointAccessMode: EndpointAccessMode.BASIC,
} as const;

/** Creates the domain of the webhook URLs. @returns the name that the DNS record of the domain must point to */
export function addCustomDomain(
  scope: Construct,
  api: RestApi,
  { name, certificateArn }: NonNullable<EdgeSettings['domain']>,
): string {
  const domain = new DomainName(scope, 'Domain', {
    ...tlsSettings,
    domainName: name,
    certificate: Certificate.fromCertificateArn(scope, 'Certificate', certificateArn),
    endpointType: EndpointType.REGIONAL,
  });
  acknowledgeFindings(
    domain,
    'The policy of the domain accepts only TLS 1.2 with forward secrecy and TLS 1.3. It is stricter than `TLS_1_2`, the only one that the rule knows.',
    'CT.APIGATEWAY.PR.6',
  );
  new BasePathMapping(scope, 'BasePathMapping', {
    domainName: domain,
    restApi: api,
    stage: api.deploymentStage,
  });
  return domain.domainNameAliasDomainName;
}
