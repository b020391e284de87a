import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseStage, type StageInput } from '../../infra/stage.ts';
import { readCloudAssembly } from '../../local/stack/template/read-assembly.ts';
import { resolveTemplate } from '../../local/stack/template/stack-template.ts';
import { synthesizeStage } from '../../local/synthesize.ts';
import { liveStage, synthesizeForTest } from './synthesized.ts';

const inNetwork = (network: NonNullable<StageInput['network']>): StageInput => ({ ...liveStage, network });
const { id360, datakeen, ...onlyIdnow } = liveStage;
/** A stage with a network and one provider. The network does not depend on the providers, and this synthesis is shorter. */
const smallInNetwork = (network: NonNullable<StageInput['network']>): StageInput => ({
  ...onlyIdnow,
  network,
});

describe('a stage with a network', () => {
  const { template } = synthesizeForTest(inNetwork({}));
  const propertiesOf = (type: string) =>
    Object.values(template.findResources(type)).map(({ Properties: properties }) => properties);

  test('each function runs in private subnets of two zones, in a security group without a way in', () => {
    const functions = propertiesOf('AWS::Lambda::Function');
    expect(functions).toHaveLength(13);
    const subnets = template.findResources('AWS::EC2::Subnet');
    for (const { VpcConfig: config } of functions) {
      expect(config.SubnetIds).toHaveLength(2);
      for (const { Ref: id } of config.SubnetIds) expect(id).toContain('FunctionsSubnet');
    }
    expect(Object.values(subnets).some(({ Properties: { MapPublicIpOnLaunch: mapped } }) => mapped)).toBe(
      false,
    );
    const [group] = propertiesOf('AWS::EC2::SecurityGroup');
    expect(group).not.toHaveProperty('SecurityGroupIngress');
    expect(group?.SecurityGroupEgress).toMatchObject([
      { CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 },
    ]);
  });

  test('all calls to providers come from two fixed addresses, which are retained and are an output of the stack', () => {
    const addresses = Object.entries(template.findResources('AWS::EC2::EIP'));
    expect(addresses.map(([id]) => id)).toEqual([
      'FoundationNetworkAddress1769DF2DC',
      'FoundationNetworkAddress2334C68E9',
    ]);
    for (const [, { DeletionPolicy: policy }] of addresses) expect(policy).toBe('Retain');
    const gateways = propertiesOf('AWS::EC2::NatGateway').map(({ AllocationId: id }) => id);
    expect(gateways).toEqual(addresses.map(([id]) => ({ 'Fn::GetAtt': [id, 'AllocationId'] })));
    expect(template.findOutputs('EgressAddresses').EgressAddresses?.Value).toEqual({
      'Fn::Join': ['', [{ Ref: addresses[0]?.[0] }, ',', { Ref: addresses[1]?.[0] }]],
    });
  });

  test('calls to DynamoDB and S3 stay in the VPC, and calls to other services of AWS leave it', () => {
    const types = propertiesOf('AWS::EC2::VPCEndpoint').map(({ VpcEndpointType: type }) => type);
    expect(types).toEqual(['Gateway', 'Gateway']);
  });

  test('flow logs of all traffic go to a log group with the key of the stack', () => {
    expect(propertiesOf('AWS::EC2::FlowLog')).toMatchObject([
      { TrafficType: 'ALL', LogDestinationType: 'cloud-watch-logs' },
    ]);
    const keys = propertiesOf('AWS::Logs::LogGroup').map(({ KmsKeyId: id }) => id);
    expect(keys).toHaveLength(15);
    expect(keys).not.toContain(undefined);
  });

  test('Lambda may connect a function to the VPC, but the code of the function may not', () => {
    const policies = propertiesOf('AWS::IAM::Policy').filter(
      ({ PolicyName: name }) => !name.includes('FlowLogs'),
    );
    expect(policies).toHaveLength(13);
    for (const { PolicyDocument: document } of policies) {
      const statements = document.Statement.filter(({ Action: action }: { Action: string | string[] }) =>
        [action].flat().includes('ec2:CreateNetworkInterface'),
      );
      expect(statements).toMatchObject([
        { Effect: 'Allow', Resource: '*' },
        {
          Effect: 'Deny',
          Resource: '*',
          Condition: { ArnEquals: { 'lambda:SourceFunctionArn': expect.anything() } },
        },
      ]);
      // The CDK merges the statement with the one of X-Ray, because both allow all resources.
      const allowed = statements[0].Action.filter((action: string) => !action.startsWith('xray:'));
      expect(statements[1].Action).toEqual(allowed);
    }
  });
});

test.each(['10.0.0.0/16', '10.0.16.0/24'])('a stage can have the address range %s', (cidr) => {
  const { template } = synthesizeForTest(smallInNetwork({ cidr }));
  template.resourceCountIs('AWS::EC2::Subnet', 4);
});

test('a stage with one NAT gateway has one fixed address', () => {
  const { template } = synthesizeForTest(smallInNetwork({ natGateways: 1 }));
  template.resourceCountIs('AWS::EC2::EIP', 1);
  template.resourceCountIs('AWS::EC2::NatGateway', 1);
});

test('with interface endpoints, calls to SQS and Secrets Manager stay in the VPC, and only functions may use the endpoints', () => {
  const { template } = synthesizeForTest(inNetwork({ interfaceEndpoints: true }));
  const endpoints = Object.values(template.findResources('AWS::EC2::VPCEndpoint')).filter(
    ({ Properties: properties }) => properties.VpcEndpointType === 'Interface',
  );
  expect(endpoints).toHaveLength(2);
  const ingress = Object.values(template.findResources('AWS::EC2::SecurityGroupIngress'));
  expect(ingress).toMatchObject([
    {
      Properties: { FromPort: 443, SourceSecurityGroupId: { 'Fn::GetAtt': [expect.any(String), 'GroupId'] } },
    },
  ]);
});

test('a stage without a network has no resource of EC2', () => {
  expect(JSON.stringify(synthesizeForTest().template.toJSON())).not.toContain('AWS::EC2');
});

test.each([
  ['an address range that is not a network', { cidr: '10.0.0.0' }, /network\.cidr/],
  ['an address range that is too small for two zones', { cidr: '10.0.0.0/25' }, /\/16 to \/24/],
  ['an address range that AWS does not accept', { cidr: '10.0.0.0/8' }, /\/16 to \/24/],
  ['an address range that begins in its middle', { cidr: '10.0.1.0/20' }, /first address/],
  ['three NAT gateways', { natGateways: 3 as 2 }, /network\.natGateways/],
  ['an unknown setting', { nat: 1 } as object, /nat/],
])('parseStage refuses %s', (_title, network, named) => {
  expect(() => parseStage(inNetwork(network))).toThrow(named);
});

test('the local stack can read the template of a stage with a network', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'network-'));
  const assembly = await readCloudAssembly(
    await synthesizeStage(inNetwork({ interfaceEndpoints: true }), directory),
  );
  const context = { stackName: assembly.stackName, sqsEndpoint: 'http://sqs', streamLabel: 'label' };
  const template = resolveTemplate(assembly, context);
  await rm(directory, { recursive: true });

  expect(template.resources('AWS::Lambda::Function')).toHaveLength(13);
  expect(template.outputs()).toHaveProperty('EgressAddresses');
});
