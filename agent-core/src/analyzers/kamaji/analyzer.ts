import type { Because, Finding } from '@autodevops/domain/finding';
import type { CustomObject } from '@autodevops/domain/kubernetes/cluster';
import { formatDuration } from '@autodevops/domain/duration';
import { refByName, refText } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { conditionsOf, customNamed, customOfKind, refToCustom } from '../../reading/platform/custom-objects.ts';
import { flagAt, listAt, textAt } from '../../reading/json-value.ts';
import { lastChange } from '../../reading/workloads/last-change.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { dataStoreMissing, dataStoreNotReady, managerFailed, notReady, pausedDeletion, stuck } from './codes.ts';

const group = 'kamaji.clastix.io';
const minute = 60_000;
const statusPath = 'status.kubernetesResources.version.status';
const underWay = ['Provisioning', 'Upgrading', 'Migrating', 'CertificateAuthorityRotating', 'Unknown'];

function storeRef(name: string): ObjectRef {
  return { apiVersion: `${group}/v1alpha1`, kind: 'DataStore', namespace: '', name, uid: '' };
}

/** Its Deployment and Service as its status names them (both are called as the control plane itself), and its store. */
function because(tcp: CustomObject): readonly Because[] {
  const { namespace, name } = tcp.metadata;
  const named = (what: 'deployment' | 'service'): { namespace: string; name: string } => ({
    namespace: textAt(tcp.status, 'kubernetesResources', what, 'namespace') || namespace,
    name: textAt(tcp.status, 'kubernetesResources', what, 'name') || name,
  });
  const [deployment, service] = [named('deployment'), named('service')];
  const store = textAt(tcp.spec, 'dataStore') || textAt(tcp.status, 'storage', 'dataStoreName');
  const refs = [
    refByName('Deployment', deployment.namespace, deployment.name),
    refByName('Service', service.namespace, service.name),
    ...(store === '' ? [] : [storeRef(store)]),
  ];
  return refs.map((object) => ({ object }));
}

function checkStatus(snapshot: Snapshot, tcp: CustomObject): Finding[] {
  const status = textAt(tcp.status, 'kubernetesResources', 'version', 'status');
  const changed = lastChange(tcp);
  const age = ageOf(snapshot, changed) ?? 0;
  const ref = refToCustom(tcp);
  const told = {
    object: ref,
    since: changed,
    evidence: [fromStatus(ref, statusPath, `status: ${status || '(none)'}`)],
    because: because(tcp),
    generic: true,
  };
  if (status === 'NotReady') {
    // The first minutes of a new one look the same: no replica is ready yet.
    if (age < 5 * minute) {
      return [finding(notReady, { ...told, standing: 'progressing', cause: `${refText(ref)} is being provisioned.` })];
    }
    return [
      finding(notReady, {
        ...told,
        cause: `${refText(ref)} is not ready: no replica of the tenant's API server is ready.`,
      }),
    ];
  }
  if (!underWay.includes(status) && status !== '') return [];
  if (age < 15 * minute) return [];
  const what = status === '' ? 'has no status' : `has been ${status}`;
  return [
    finding(stuck, {
      ...told,
      cause: `${refText(ref)} ${what} for ${formatDuration(age)} since its last change.`,
      confidence: 'medium',
    }),
  ];
}

function checkStore(snapshot: Snapshot, tcp: CustomObject): Finding[] {
  const name = textAt(tcp.spec, 'dataStore');
  const stores = customOfKind(snapshot, group, 'DataStore');
  // Without any DataStore in sight, they may not have been read.
  if (
    name === '' ||
    stores.length === 0 ||
    customNamed(snapshot, { group, kind: 'DataStore', namespace: '', name }) !== undefined
  ) {
    return [];
  }
  const near = nearMatches(
    name,
    stores.map((s) => s.metadata.name),
  );
  const ref = refToCustom(tcp);
  const cause = `${refText(ref)} names the data store "${said(name, 80)}", which does not exist${near.length === 0 ? '' : `; there is ${near.map((n) => `"${n}"`).join(', ')}`}.`;
  return [
    finding(dataStoreMissing, {
      object: ref,
      cause,
      evidence: [fromSpec(ref, 'spec.dataStore', `dataStore: ${name}`)],
    }),
  ];
}

function checkAnnotations(snapshot: Snapshot, tcp: CustomObject): Finding[] {
  const { annotations, deletionTimestamp } = tcp.metadata;
  const ref = refToCustom(tcp);
  const failed = annotations[`${group}/soot`] === 'failed';
  if (failed) {
    return [
      finding(managerFailed, {
        object: ref,
        cause: `Kamaji's manager of ${refText(ref)} has failed; the tenant's add-ons are not looked after.`,
        evidence: [fromSpec(ref, 'metadata.annotations', `${group}/soot: failed`)],
      }),
    ];
  }
  if (
    deletionTimestamp === undefined ||
    annotations[`${group}/paused`] === undefined ||
    (ageOf(snapshot, deletionTimestamp) ?? 0) < minute
  ) {
    return [];
  }
  const cause = `${refText(ref)} was deleted and cannot go because it is paused by the annotation ${group}/paused.`;
  return [
    finding(pausedDeletion, {
      object: ref,
      cause,
      since: deletionTimestamp,
      evidence: [fromSpec(ref, 'metadata.annotations', `${group}/paused: ${annotations[`${group}/paused`] || '""'}`)],
    }),
  ];
}

function checkTenant(snapshot: Snapshot, tcp: CustomObject): Finding[] {
  const told = checkAnnotations(snapshot, tcp);
  if (tcp.metadata.deletionTimestamp !== undefined || tcp.metadata.annotations[`${group}/paused`] !== undefined) {
    return told;
  }
  const missing = checkStore(snapshot, tcp);
  return [...told, ...(missing.length > 0 ? missing : checkStatus(snapshot, tcp))];
}

/** `etcd-0.etcd.kamaji-system.svc.cluster.local:2379` is behind Service kamaji-system/etcd. */
function servicesOf(store: CustomObject): readonly Because[] {
  const hosts = listAt(store.spec, 'endpoints')
    .filter((e): e is string => typeof e === 'string')
    .map((e) => e.split(':')[0]?.split('.') ?? []);
  return hosts.flatMap((labels) => {
    const at = labels.indexOf('svc');
    const [name, namespace] = [labels[at - 2], labels[at - 1]];
    return at < 2 || name === undefined || namespace === undefined
      ? []
      : [{ object: refByName('Service', namespace, name) }];
  });
}

function checkDataStore(snapshot: Snapshot, store: CustomObject): Finding[] {
  const invalid = conditionsOf(store).find((c) => c.type.endsWith('DataStoreValidation') && c.status === 'False');
  const ready = flagAt(store.status, 'ready');
  const young = (ageOf(snapshot, store.metadata.creationTimestamp) ?? 0) < 2 * minute;
  if ((ready !== false && invalid === undefined) || young || store.metadata.deletionTimestamp !== undefined) return [];
  const ref = refToCustom(store);
  const users = listAt(store.status, 'usedBy').length;
  const why = invalid === undefined ? '' : `: ${said(invalid.message || invalid.reason)}`;
  const evidence =
    invalid === undefined ? fromStatus(ref, 'status.ready', `ready: ${String(ready)}`) : fromCondition(ref, invalid);
  return [
    finding(dataStoreNotReady, {
      object: ref,
      cause: `${refText(ref)}, used by ${users} tenant control plane${users === 1 ? '' : 's'}, is not ready${why}.`,
      since: invalid?.lastTransitionTime ?? '',
      evidence: [evidence],
      because: servicesOf(store),
    }),
  ];
}

/** Tenant control planes and data stores. Sleeping and write-limited ones are as somebody wanted. */
export const kamaji: Analyzer = {
  name: 'kamaji',
  codes: [notReady, stuck, dataStoreNotReady, dataStoreMissing, pausedDeletion, managerFailed],
  analyze: (snapshot) => [
    ...customOfKind(snapshot, group, 'TenantControlPlane').flatMap((tcp) => checkTenant(snapshot, tcp)),
    ...customOfKind(snapshot, group, 'DataStore').flatMap((store) => checkDataStore(snapshot, store)),
  ],
};
