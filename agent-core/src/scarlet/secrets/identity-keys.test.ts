import { expect, it } from 'vitest';
import { checkIdentityKey } from './identity-keys.ts';

it.each([
  'eks.amazonaws.com/role-arn',
  'iam.amazonaws.com/role',
  'iam.gke.io/gcp-service-account',
  'azure.workload.identity/client-id',
  'pod-identity.alibabacloud.com/role-name',
  'tke.cloud.tencent.com/role-arn',
  'eks.tke.cloud.tencent.com/role-arn',
  'spiffe.io/spiffe-id',
  'vault.hashicorp.com/role',
  'aadpodidbinding',
])('%s gives rights outside of the cluster and is refused', (key) => {
  expect(() => checkIdentityKey(key)).toThrow(
    expect.objectContaining({ code: 'change.refused', message: `${key} gives rights outside of the cluster.` }),
  );
});

it.each([
  'app',
  'example.com/role',
  'example.com/eks.amazonaws.com',
  'not-eks.amazonaws.com/role',
  'app/aadpodidbinding',
])('%s gives none', (key) => {
  expect(() => checkIdentityKey(key)).not.toThrow();
});
