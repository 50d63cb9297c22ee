import type { Finding } from '@autodevops/domain/finding';
import type { PersistentVolume, PersistentVolumeClaim } from '@autodevops/domain/kubernetes/storage';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromSpec, fromStatus } from '../../evidence/finding.ts';
import { unscheduledFinding } from '../../evidence/unscheduled-finding.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { ageOf } from '../../reading/recency.ts';
import type { Blocking } from '../../reading/scheduling/blocking-reason.ts';
import { unscheduledPods } from '../../reading/scheduling/unscheduled-pod.ts';
import type { UnscheduledPod } from '../../reading/scheduling/unscheduled-pod.ts';
import { volumePlace } from '../../reading/scheduling/volume-place.ts';
import type { Analyzer } from '../analyzer.ts';
import { claimMissing, claimTerminating, claimUnbound, volumeElsewhere, volumeInUse, volumeLimit } from './codes.ts';

interface Mounted {
  readonly path: string;
  readonly name: string;
  readonly ref: ObjectRef;
  readonly claim: PersistentVolumeClaim | undefined;
}

function mountedClaims(snapshot: Snapshot, pod: Pod): readonly Mounted[] {
  const { namespace } = pod.metadata;
  return pod.spec.volumes.flatMap((volume, index): Mounted[] => {
    const generic = volume.ephemeral === undefined ? undefined : `${pod.metadata.name}-${volume.name}`;
    const name = volume.persistentVolumeClaim?.claimName ?? generic;
    if (name === undefined || name === '') return [];
    const claim = snapshot.get('PersistentVolumeClaim', namespace, name);
    const ref =
      claim === undefined ? refByName('PersistentVolumeClaim', namespace, name) : refTo('PersistentVolumeClaim', claim);
    return [{ path: `spec.volumes[${index}].persistentVolumeClaim.claimName`, name, ref, claim }];
  });
}

function elsewhere(snapshot: Snapshot, namespace: string, name: string): string {
  const other = snapshot
    .list('PersistentVolumeClaim')
    .find((claim) => claim.metadata.name === name && claim.metadata.namespace !== namespace);
  if (other !== undefined) return `; namespace ${other.metadata.namespace} has one of this name`;
  const near = nearMatches(
    name,
    snapshot.listIn('PersistentVolumeClaim', namespace).map((claim) => claim.metadata.name),
  );
  return near.length > 0 ? `; there is ${near.join(', ')}` : '';
}

function checkAbsent(snapshot: Snapshot, unscheduled: UnscheduledPod, blocking: Blocking): Finding {
  const { pod, ref } = unscheduled;
  const { namespace } = pod.metadata;
  const mounted = mountedClaims(snapshot, pod);
  const lost = mounted.find(
    (m) =>
      m.claim !== undefined &&
      (m.claim.spec.volumeName ?? '') !== '' &&
      snapshot.lacks('PersistentVolume', '', m.claim.spec.volumeName ?? ''),
  );
  const wanted =
    mounted.find((m) => m.name === blocking.subject) ??
    mounted.find((m) => snapshot.lacks('PersistentVolumeClaim', namespace, m.name)) ??
    mounted[0];
  const name = blocking.subject === '' ? (wanted?.name ?? '') : blocking.subject;
  const volumeGone = unscheduled.reasons.some((reason) => reason.text.includes('non-existent'));
  const volume = lost?.claim?.spec.volumeName;
  const cause = volumeGone
    ? `PersistentVolumeClaim "${lost?.name ?? name}" is bound to PersistentVolume ${volume === undefined ? 'that' : `"${volume}", which`} does not exist.`
    : `Pod mounts PersistentVolumeClaim "${name}", which does not exist in namespace ${namespace}${elsewhere(snapshot, namespace, name)}.`;
  return unscheduledFinding(snapshot, unscheduled, {
    code: claimMissing,
    cause,
    evidence: wanted === undefined ? [] : [fromSpec(ref, wanted.path, wanted.name)],
    facet: name,
    because: [{ object: wanted?.ref ?? refByName('PersistentVolumeClaim', namespace, name) }],
  });
}

/** Somebody deleted the claim while a pod used it: it is kept for that pod, and no other may begin to use it. */
function checkTerminating(snapshot: Snapshot, unscheduled: UnscheduledPod, { subject }: Blocking): Finding {
  const mounted = mountedClaims(snapshot, unscheduled.pod).find(({ name }) => name === subject);
  const since = mounted?.claim?.metadata.deletionTimestamp;
  const volume = mounted?.claim?.spec.volumeName ?? '';
  return unscheduledFinding(snapshot, unscheduled, {
    code: claimTerminating,
    cause: `Pod mounts PersistentVolumeClaim "${subject}", which is being deleted, and no new pod may use it any more.`,
    confidence: 'high',
    evidence: [
      ...(mounted === undefined ? [] : [fromSpec(unscheduled.ref, mounted.path, mounted.name)]),
      ...(mounted === undefined || since === undefined
        ? []
        : [fromSpec(mounted.ref, 'metadata.deletionTimestamp', since)]),
    ],
    facet: subject,
    ...(volume === ''
      ? {}
      : { nextSteps: claimTerminating.nextSteps.map((step) => step.replace(' pv VOLUME ', ` pv ${volume} `)) }),
  });
}

const patience = 60_000;

function checkUnbound(snapshot: Snapshot, unscheduled: UnscheduledPod): Finding {
  const { pod, ref } = unscheduled;
  const pending = mountedClaims(snapshot, pod).filter((m) => m.claim !== undefined && m.claim.status.phase !== 'Bound');
  const shown = pending[0];
  const young = (ageOf(snapshot, pod.metadata.creationTimestamp) ?? patience) < patience;
  const names = pending.map((m) => `"${m.name}"`).join(', ');
  const storageClass = shown?.claim?.spec.storageClassName;
  const full = unscheduled.reasons.some(({ text }) => text.includes('did not have enough free storage'));
  const wanted = shown?.claim?.spec.resources.requests['storage'] ?? '';
  const noRoom = full
    ? `: no node that the pod may use has ${wanted === '' ? 'enough' : wanted} of free storage left for it`
    : '';
  return unscheduledFinding(snapshot, unscheduled, {
    code: claimUnbound,
    cause:
      shown === undefined
        ? 'A PersistentVolumeClaim of the pod is not bound.'
        : `Pod waits for PersistentVolumeClaim ${names}, which ${pending.length > 1 ? 'are' : 'is'} not bound${storageClass === undefined ? '' : ` (class ${storageClass})`}${noRoom}.`,
    evidence: pending.slice(0, 3).map((m) => fromStatus(m.ref, 'status.phase', m.claim?.status.phase ?? '')),
    facet: pending.length === 1 ? '' : names,
    generic: true,
    because: pending.map((m) => ({ object: m.ref })),
    ...(young ? { standing: 'progressing' as const } : {}),
    nextSteps: full
      ? [
          'Make room on the local storage of a node (or add a disk or a node), or ask for less: `kubectl get csistoragecapacities -A` shows what is left.',
        ]
      : shown === undefined
        ? claimUnbound.nextSteps
        : [
            `See why the claim has no volume: \`kubectl -n ${pod.metadata.namespace} describe pvc ${shown.name}\` (storage class, provisioner, size, access mode).`,
          ],
    object: ref,
  });
}

function goneHost(snapshot: Snapshot, volume: PersistentVolume): string | undefined {
  const terms = volume.spec.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  const hosts = terms.flatMap((term) =>
    term.matchExpressions.filter((e) => e.key === 'kubernetes.io/hostname').flatMap((e) => e.values),
  );
  if (hosts.length === 0 || !snapshot.saw('Node')) return undefined;
  const known = new Set(
    snapshot.list('Node').map((node) => node.metadata.labels['kubernetes.io/hostname'] ?? node.metadata.name),
  );
  return hosts.every((host) => !known.has(host)) ? hosts[0] : undefined;
}

function checkElsewhere(snapshot: Snapshot, unscheduled: UnscheduledPod, blocking: Blocking): Finding {
  const { ref } = unscheduled;
  const volume =
    unscheduled.wish.volumes.find((v) => v.metadata.name === blocking.subject) ?? unscheduled.wish.volumes[0];
  const gone = volume === undefined ? undefined : goneHost(snapshot, volume);
  const place = volume === undefined ? '' : volumePlace(volume);
  const claim = volume?.spec.claimRef?.name ?? '';
  const cause =
    volume === undefined
      ? 'A volume of the pod can be used only on nodes that the pod may not use.'
      : gone === undefined
        ? `Volume "${volume.metadata.name}" of claim "${claim}" can be used only on nodes with ${place === '' ? 'its topology' : place}, and none of those takes the pod.`
        : `Volume "${volume.metadata.name}" of claim "${claim}" lives on node ${gone}, which is not in the cluster.`;
  const volumeRef = volume === undefined ? undefined : refTo('PersistentVolume', volume);
  return unscheduledFinding(snapshot, unscheduled, {
    code: volumeElsewhere,
    cause,
    evidence: volumeRef === undefined ? [] : [fromSpec(volumeRef, 'spec.nodeAffinity.required', place)],
    facet: volume?.metadata.name ?? '',
    object: ref,
    because: gone === undefined ? [] : [{ object: refByName('Node', '', gone), codes: ['node.'] }],
  });
}

/** The pod that uses the same claim. */
function otherUser(snapshot: Snapshot, pod: Pod): Pod | undefined {
  const claims = new Set(pod.spec.volumes.flatMap((v) => v.persistentVolumeClaim?.claimName ?? []));
  return snapshot
    .listIn('Pod', pod.metadata.namespace)
    .find(
      (other) =>
        other !== pod &&
        !isFinished(other) &&
        (other.spec.nodeName ?? '') !== '' &&
        other.spec.volumes.some((v) => claims.has(v.persistentVolumeClaim?.claimName ?? '\u0000')),
    );
}

function checkInUse(snapshot: Snapshot, unscheduled: UnscheduledPod): Finding {
  const user = otherUser(snapshot, unscheduled.pod);
  const by = user === undefined ? 'another pod' : `pod ${user.metadata.name} on ${user.spec.nodeName ?? ''}`;
  return unscheduledFinding(snapshot, unscheduled, {
    code: volumeInUse,
    cause: `A volume of the pod may be used by one pod only, and ${by} has it.`,
    evidence: user === undefined ? [] : [fromSpec(refTo('Pod', user), 'spec.nodeName', user.spec.nodeName ?? '')],
  });
}

function check(snapshot: Snapshot, unscheduled: UnscheduledPod): readonly Finding[] {
  const { blocking } = unscheduled;
  switch (blocking?.kind) {
    case 'volume-absent':
      return [checkAbsent(snapshot, unscheduled, blocking)];
    case 'volume-terminating':
      return [checkTerminating(snapshot, unscheduled, blocking)];
    case 'volume-unbound':
      return [checkUnbound(snapshot, unscheduled)];
    case 'volume-node':
      return [checkElsewhere(snapshot, unscheduled, blocking)];
    case 'volume-in-use':
      return [checkInUse(snapshot, unscheduled)];
    case 'volume-limit':
      return [
        unscheduledFinding(snapshot, unscheduled, {
          code: volumeLimit,
          cause: 'Every node that the pod may use has as many volumes attached as its driver allows.',
        }),
      ];
    default:
      return [];
  }
}

export const schedulingVolume: Analyzer = {
  name: 'scheduling-volume',
  codes: [claimMissing, claimTerminating, claimUnbound, volumeElsewhere, volumeLimit, volumeInUse],
  analyze: (snapshot) => unscheduledPods(snapshot).flatMap((unscheduled) => check(snapshot, unscheduled)),
};
