import { domainOf } from '../targets/label-names.ts';
import { refuse } from '../refusal.ts';

/**
 * Labels and annotations by which a ServiceAccount or a pod becomes somebody at a cloud provider: IAM roles for service
 * accounts (EKS), kube2iam and kiam, Workload Identity (GKE, Azure), AAD Pod Identity, RRSA (Alibaba), pod identity of
 * TKE (Tencent); or in a mesh (SPIFFE); or gets what a role of Vault may read.
 */
const domains: readonly string[] = [
  'eks.amazonaws.com',
  'iam.amazonaws.com',
  'iam.gke.io',
  'azure.workload.identity',
  'pod-identity.alibabacloud.com',
  'tke.cloud.tencent.com',
  'eks.tke.cloud.tencent.com',
  'spiffe.io',
  'vault.hashicorp.com',
];
const names: readonly string[] = ['aadpodidbinding'];

export function checkIdentityKey(key: string): void {
  if (domains.includes(domainOf(key)) || names.includes(key)) {
    refuse(`${key} gives rights outside of the cluster.`, 'Let an administrator decide who is who there.');
  }
}
