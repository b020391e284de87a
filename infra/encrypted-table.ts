import { CfnGlobalTable, TableEncryptionV2, type TablePropsV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

interface EncryptedTableProps extends Omit<TablePropsV2, 'encryption' | 'replicas'> {
  readonly key: IKey;
}

/**
 * A table that is encrypted with our key. CDK's `TableEncryptionV2.customerManagedKey` needs a stack with a fixed region.
 * The region of our stack can depend on the deployment, so this class sets the key in the template itself.
 */
export class EncryptedTable extends TableV2 {
  override readonly encryptionKey: IKey;

  constructor(scope: Construct, id: string, { key, ...props }: EncryptedTableProps) {
    super(scope, id, { ...props, encryption: TableEncryptionV2.awsManagedKey() });
    this.encryptionKey = key;
    const table = this.node.defaultChild;
    if (!(table instanceof CfnGlobalTable)) throw new TypeError('TableV2 is not a global table any more');
    table.addPropertyOverride('Replicas.0.SSESpecification', { KMSMasterKeyId: key.keyArn });
  }
}
