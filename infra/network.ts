import { CfnOutput, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  CfnEIP,
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  type IVpc,
  NatProvider,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type * as z from 'zod';
import { acknowledgeFindings } from './acknowledge.ts';
import type { NetworkSettings } from './stage/network.ts';

interface NetworkProps extends z.infer<typeof NetworkSettings> {
  readonly key: IKey;
  readonly logDays: number;
}

/** The functions call from the subnets of two availability zones, so that one zone may fail. */
const availabilityZones = 2;

/** The VPC in which the functions of a stage run. Their calls to providers come from fixed addresses. */
export class Network extends Construct {
  readonly vpc: IVpc;
  /** The security group of all functions. Nothing may call a function through the network. */
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const addresses = Array.from({ length: props.natGateways }, (_, index) => this.#addAddress(index + 1));
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr(props.cidr),
      maxAzs: availabilityZones,
      natGateways: props.natGateways,
      natGatewayProvider: NatProvider.gateway({
        eipAllocationIds: addresses.map(({ attrAllocationId: allocationId }) => allocationId),
      }),
      subnetConfiguration: [
        { name: 'Public', subnetType: SubnetType.PUBLIC, mapPublicIpOnLaunch: false, cidrMask: 26 },
        { name: 'Functions', subnetType: SubnetType.PRIVATE_WITH_EGRESS },
      ],
      // CDK would add a function of its own to the stack, with the right to change security groups.
      restrictDefaultSecurityGroup: false,
      gatewayEndpoints: {
        DynamoDb: { service: GatewayVpcEndpointAwsService.DYNAMODB },
        S3: { service: GatewayVpcEndpointAwsService.S3 },
      },
    }) as IVpc;
    this.securityGroup = new SecurityGroup(this, 'Functions', {
      vpc: this.vpc,
      description:
        'Functions call APIs of AWS and of providers. Nothing calls a function through the network.',
      allowAllOutbound: false,
    });
    this.securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'HTTPS');
    this.#addFlowLogs(props);
    if (props.interfaceEndpoints) this.#addInterfaceEndpoints();
    acknowledgeVpc(this.vpc);
    new CfnOutput(Stack.of(this), 'EgressAddresses', {
      value: addresses.map(({ ref: address }) => address).join(','),
    });
  }

  /** The address is retained, because providers may have it in their allowlists. */
  #addAddress(number: number): CfnEIP {
    const address = new CfnEIP(this, `Address${number}`, { domain: 'vpc' });
    address.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return address;
  }

  #addFlowLogs({ key, logDays }: NetworkProps): void {
    const logGroup = new LogGroup(this, 'FlowLogs', {
      retention: logDays,
      encryptionKey: key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'FlowLogsRole', {
      assumedBy: new ServicePrincipal('vpc-flow-logs.amazonaws.com'),
    });
    acknowledgeFindings(
      role,
      'The policy belongs to this one role, which only writes flow logs. A managed policy could be attached to other roles.',
      'NIST.800.53.R5-IAMNoInlinePolicy',
      'PCI.DSS.321-IAMNoInlinePolicy',
    );
    this.vpc.addFlowLog('FlowLogs', {
      destination: FlowLogDestination.toCloudWatchLogs(logGroup, role),
      trafficType: FlowLogTrafficType.ALL,
    });
  }

  #addInterfaceEndpoints(): void {
    const { SQS: sqs, SECRETS_MANAGER: secretsManager } = InterfaceVpcEndpointAwsService;
    const securityGroup = new SecurityGroup(this, 'Endpoints', {
      vpc: this.vpc,
      description: 'The endpoints of AWS services. Only functions may call them.',
      allowAllOutbound: false,
    });
    securityGroup.addIngressRule(this.securityGroup, Port.tcp(443), 'HTTPS of the functions');
    for (const [name, service] of Object.entries({ Sqs: sqs, SecretsManager: secretsManager }))
      this.vpc.addInterfaceEndpoint(name, { service, securityGroups: [securityGroup], open: false });
  }
}

function acknowledgeVpc(vpc: IVpc): void {
  acknowledgeFindings(
    vpc,
    'No resource is in the default security group. Functions and endpoints have security groups of their own.',
    'NIST.800.53.R5-VPCDefaultSecurityGroupClosed',
    'PCI.DSS.321-VPCDefaultSecurityGroupClosed',
  );
  acknowledgeFindings(
    vpc,
    'Only the NAT gateways are in the public subnets, and they need this route. The functions are in private subnets.',
    'NIST.800.53.R5-VPCNoUnrestrictedRouteToIGW',
    'PCI.DSS.321-VPCNoUnrestrictedRouteToIGW',
  );
}
