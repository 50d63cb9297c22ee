import type { CodeEntry } from '@autodevops/domain/finding';

const avoid = [
  "Do not delete the TenantControlPlane to repair it: that drops the tenant's data, and there is no backup of it in Kamaji.",
  "Do not remove Kamaji's finalizers while the TenantControlPlane exists.",
];

export const notReady: CodeEntry = {
  code: 'kamaji.control-plane.not-ready',
  group: 'ecosystem',
  title: 'Tenant control plane is not ready',
  severity: 'critical',
  means: "The tenant's Kubernetes API does not answer. What runs on the tenant's workers goes on, unmanaged.",
  recognised:
    'status.kubernetesResources.version.status of the TenantControlPlane is NotReady or Unknown, minutes after it was made or changed.',
  nextSteps: [
    'Look at the Deployment of the control plane and its pods, at its Service (has it an address?), and at its DataStore.',
  ],
  avoid,
};

export const stuck: CodeEntry = {
  code: 'kamaji.control-plane.stuck',
  group: 'ecosystem',
  title: 'Tenant control plane does not get through a change',
  severity: 'warning',
  means: 'Provisioning, an upgrade, a migration or a rotation takes longer than it should.',
  recognised:
    'The status is Provisioning, Upgrading, Migrating or CertificateAuthorityRotating more than fifteen minutes after the last change.',
  nextSteps: [
    'Look at the pods of the control plane (blue-green upgrades need twice the room), at the migration Job, and at the log of the Kamaji controller.',
  ],
  avoid,
};

export const dataStoreNotReady: CodeEntry = {
  code: 'kamaji.data-store.not-ready',
  group: 'ecosystem',
  title: 'Kamaji data store is not ready',
  severity: 'critical',
  means: 'All tenant control planes on this store are affected; none of them can be created, changed or deleted.',
  recognised: 'The DataStore has status.ready: false or a validation condition that is False.',
  nextSteps: [
    'Check the endpoints of the store, its credentials and certificates (the Secrets that the DataStore names), and its pods.',
  ],
  avoid,
};

export const dataStoreMissing: CodeEntry = {
  code: 'kamaji.data-store.not-found',
  group: 'ecosystem',
  title: 'Tenant control plane names a data store that does not exist',
  severity: 'critical',
  means: 'The control plane cannot be provisioned.',
  recognised: 'spec.dataStore names a DataStore that is not among those of the cluster.',
  nextSteps: [
    'Create the DataStore, or name one that exists. The store may only change to another of the same driver.',
  ],
  avoid,
};

export const pausedDeletion: CodeEntry = {
  code: 'kamaji.control-plane.paused-deletion',
  group: 'ecosystem',
  title: 'Tenant control plane cannot be deleted while it is paused',
  severity: 'warning',
  means: 'Kamaji does not work on paused objects, not even to delete them.',
  recognised: 'The TenantControlPlane has a deletionTimestamp and the annotation kamaji.clastix.io/paused.',
  nextSteps: ["Make sure that the tenant's data may go, then remove the annotation."],
  avoid,
};

export const managerFailed: CodeEntry = {
  code: 'kamaji.control-plane.manager-failed',
  group: 'ecosystem',
  title: "Kamaji's manager of a tenant failed",
  severity: 'warning',
  means: "The tenant's add-ons (CoreDNS, kube-proxy, konnectivity) and kubeadm phases are no longer looked after.",
  recognised: 'The TenantControlPlane has the annotation kamaji.clastix.io/soot=failed.',
  nextSteps: ["Read the Kamaji controller's log for this tenant; after the repair remove the annotation."],
  avoid,
};
