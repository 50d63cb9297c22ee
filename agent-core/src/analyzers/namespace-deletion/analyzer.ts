import type { Because, CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Namespace } from '@autodevops/domain/kubernetes/cluster';
import type { Condition, Metadata } from '@autodevops/domain/kubernetes/metadata';
import { kindNames } from '@autodevops/domain/kubernetes/kinds';
import { formatDuration } from '@autodevops/domain/duration';
import { refByName, refText, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromCondition, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { refToCustom } from '../../reading/platform/custom-objects.ts';
import { nameList } from '../../reading/name-list.ts';
import { ageOf } from '../../reading/recency.ts';
import { said } from '../../reading/said.ts';
import type { Analyzer } from '../analyzer.ts';
import { content, discovery, finalizers, unattended } from './codes.ts';

const patience = 3 * 60_000;

/** In the order in which they explain one another. */
const meanings: readonly (readonly [type: string, code: CodeEntry])[] = [
  ['NamespaceDeletionDiscoveryFailure', discovery],
  ['NamespaceDeletionGroupVersionParsingFailure', discovery],
  ['NamespaceFinalizersRemaining', finalizers],
  ['NamespaceDeletionContentFailure', content],
  ['NamespaceContentRemaining', content],
];

/** Objects of the namespace that are marked for deletion and held by finalizers. */
function heldObjects(snapshot: Snapshot, namespace: string): readonly ObjectRef[] {
  const isHeld = ({ metadata }: { readonly metadata: Metadata }): boolean =>
    metadata.namespace === namespace && metadata.deletionTimestamp !== undefined && metadata.finalizers.length > 0;
  const typed = kindNames.flatMap((kind) =>
    snapshot
      .list(kind)
      .filter(isHeld)
      .map((object) => refTo(kind, object)),
  );
  return [...typed, ...snapshot.custom.filter(isHeld).map(refToCustom)];
}

/** APIServices whose group and version the message names. */
function namedGroups(snapshot: Snapshot, message: string): readonly ObjectRef[] {
  const named = snapshot
    .list('APIService')
    .filter(({ spec }) => (spec.group ?? '') !== '' && message.includes(`${spec.group}/${spec.version}`));
  return named.map((api) => refTo('APIService', api));
}

function because(snapshot: Snapshot, namespace: Namespace, condition: Condition): readonly Because[] {
  const { name } = namespace.metadata;
  const groups = condition.type.startsWith('NamespaceDeletionDiscovery')
    ? namedGroups(snapshot, condition.message)
    : [];
  const pods = snapshot
    .listIn('Pod', name)
    .filter((pod) => pod.metadata.deletionTimestamp !== undefined)
    .map((pod) => refTo('Pod', pod));
  const claims = snapshot
    .listIn('PersistentVolumeClaim', name)
    .filter((c) => c.metadata.deletionTimestamp !== undefined)
    .map((c) => refTo('PersistentVolumeClaim', c));
  return [...groups, ...heldObjects(snapshot, name), ...pods, ...claims].map((object) => ({ object }));
}

function sentence(code: CodeEntry, name: string, condition: Condition): string {
  const start = `Namespace "${name}" cannot be deleted`;
  if (code === discovery) return `${start} because an API group cannot be listed: ${said(condition.message)}.`;
  if (code === finalizers) return `${start} because finalizers remain: ${said(condition.message)}.`;
  return `${start} because content remains: ${said(condition.message)}.`;
}

function checkConditions(snapshot: Snapshot, namespace: Namespace): Finding | undefined {
  const { name } = namespace.metadata;
  const failing = namespace.status.conditions.filter((c) => c.status === 'True');
  const match = meanings.flatMap(([type, code]) =>
    failing.filter((c) => c.type === type).map((condition) => ({ condition, code })),
  )[0];
  if (match === undefined) return undefined;
  const { condition, code } = match;
  const ref = refTo('Namespace', namespace);
  const held = heldObjects(snapshot, name);
  const objects = held.length === 0 ? [] : [`Look at ${nameList(held.map(refText))}.`];
  const reasons = failing.filter((c) => meanings.some(([type]) => type === c.type));
  return finding(code, {
    object: ref,
    cause: sentence(code, name, condition),
    since: namespace.metadata.deletionTimestamp ?? '',
    evidence: [condition, ...reasons.filter((c) => c !== condition)].map((c) => fromCondition(ref, c)),
    nextSteps: [...objects, ...code.nextSteps],
    because: because(snapshot, namespace, condition),
  });
}

function checkUnattended(snapshot: Snapshot, namespace: Namespace): Finding | undefined {
  const age = ageOf(snapshot, namespace.metadata.deletionTimestamp);
  if (age === undefined || age < 10 * 60_000) return undefined;
  const { name } = namespace.metadata;
  const ref = refTo('Namespace', namespace);
  const all = [...namespace.spec.finalizers, ...namespace.metadata.finalizers];
  return finding(unattended, {
    object: ref,
    cause: `Namespace "${name}" was marked for deletion ${formatDuration(age)} ago and still waits for: ${all.length === 0 ? 'nothing that it names' : nameList(all)}.`,
    confidence: 'medium',
    since: namespace.metadata.deletionTimestamp ?? '',
    evidence: [
      fromStatus(ref, 'status.phase', `phase: ${namespace.status.phase ?? 'Terminating'}`),
      fromSpec(ref, 'spec.finalizers', `finalizers: ${all.join(', ') || '(none)'}`),
    ],
    because: [{ object: refByName('Lease', 'kube-system', 'kube-controller-manager'), codes: ['control-plane.'] }],
  });
}

function checkNamespace(snapshot: Snapshot, namespace: Namespace): Finding[] {
  const age = ageOf(snapshot, namespace.metadata.deletionTimestamp);
  if (age === undefined || age < patience) return [];
  const found = checkConditions(snapshot, namespace) ?? checkUnattended(snapshot, namespace);
  return found === undefined ? [] : [found];
}

/** Namespaces that stay in Terminating. */
export const namespaceDeletion: Analyzer = {
  name: 'namespace-deletion',
  codes: [discovery, finalizers, content, unattended],
  analyze: (snapshot) => snapshot.list('Namespace').flatMap((namespace) => checkNamespace(snapshot, namespace)),
};
