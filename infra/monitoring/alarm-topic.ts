import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

interface AlarmTopicProps {
  /** The e-mail address that gets the alarms. */
  readonly email: string | undefined;
  /** The key that encrypts the topic. Its policy must let `cloudwatch.amazonaws.com` use it, or alarms notify nobody. */
  readonly key?: IKey | undefined;
}

/** The topic that every alarm notifies. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, { email, key }: AlarmTopicProps) {
    const { stackName } = Stack.of(scope);
    super(scope, id, {
      topicName: `${stackName}-alarms`,
      displayName: stackName,
      enforceSSL: true,
      ...(key && { masterKey: key }),
    });
    // A topic with a policy of its own has no default policy, so the alarms of this account need permission.
    const { account, partition, region } = Stack.of(this);
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': account },
          ArnLike: { 'aws:SourceArn': `arn:${partition}:cloudwatch:${region}:${account}:alarm:*` },
        },
      }),
    );
    if (email !== undefined) this.addSubscription(new EmailSubscription(email));
  }
}
