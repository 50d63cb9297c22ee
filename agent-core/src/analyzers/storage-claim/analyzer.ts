import type { Finding } from '@autodevops/domain/finding';
import type { PersistentVolumeClaim } from '@autodevops/domain/kubernetes/storage';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { isRecent, newestEvents } from '../../reading/recency.ts';
import type { Analyzer } from '../analyzer.ts';
import { claimCheck, defaultClass, pendingSaid, phaseEvidence } from './claim.ts';
import type { ClaimCheck } from './claim.ts';
import {
  accessMode,
  claimLost,
  claimPending,
  claimWaits,
  classMissing,
  deletionWaits,
  noDefaultClass,
  noVolumeMatches,
  provisionerAbsent,
  provisioningFailed,
  resizeFailed,
  resizePending,
  tooSmall,
  volumeFailed,
  volumeReleased,
  volumeTaken,
} from './codes.ts';
import { checkProvisioning } from './provisioning.ts';
import { checkResize } from './resize.ts';
import { checkNamedVolume, checkStatic } from './static-volumes.ts';

const noProvisioner = 'kubernetes.io/no-provisioner';

function checkClassMissing(check: ClaimCheck, name: string): Finding | undefined {
  const ofClass = check.snapshot.list('PersistentVolume').some((pv) => pv.spec.storageClassName === name);
  // Volumes made by hand may name a class that has no object.
  if (ofClass) return checkStatic(check);
  const all = check.snapshot.list('StorageClass').map((c) => c.metadata.name);
  const near = nearMatches(name, all);
  const shown = near.length > 0 ? near : all.toSorted().slice(0, 3);
  const has =
    shown.length === 0
      ? check.snapshot.saw('StorageClass')
        ? 'the cluster has no StorageClass'
        : 'which others there are was not recorded'
      : `the cluster has ${shown.map((n) => `"${n}"`).join(', ')}`;
  return finding(classMissing, {
    ...pendingSaid(check),
    cause: `Claim "${check.claim.metadata.name}" asks for class "${name}", which does not exist; ${has}.`,
    evidence: [fromSpec(check.ref, 'spec.storageClassName', name), phaseEvidence(check)],
  });
}

function checkNoClass(check: ClaimCheck): Finding | undefined {
  const { snapshot, claim } = check;
  if (!snapshot.saw('StorageClass') || defaultClass(snapshot) !== undefined) return undefined;
  const fitting = checkStatic(check);
  if (fitting === undefined || fitting.code !== noVolumeMatches.code) return fitting;
  const classes = snapshot
    .list('StorageClass')
    .map((c) => `"${c.metadata.name}"`)
    .toSorted()
    .slice(0, 3);
  const has =
    classes.length === 0
      ? 'the cluster has no StorageClass'
      : `none of the classes (${classes.join(', ')}) is the default`;
  return finding(noDefaultClass, {
    ...pendingSaid(check),
    cause: `Claim "${claim.metadata.name}" names no class, and ${has}.`,
    evidence: [...fitting.evidence],
  });
}

/** Classes may not have been recorded; the controller that looked for this one says that it is not there. */
function isSaidToLack({ snapshot, ref }: ClaimCheck, className: string): boolean {
  if (snapshot.get('StorageClass', '', className) !== undefined) return false;
  return newestEvents(snapshot, ref, 'ProvisioningFailed').some(
    (e) => isRecent(snapshot, e.last) && e.message.includes(`storageclass.storage.k8s.io "${className}" not found`),
  );
}

function checkPending(check: ClaimCheck): Finding | undefined {
  const named = checkNamedVolume(check);
  if (named !== undefined) return named;
  const { className, snapshot } = check;
  if (className === undefined) return checkNoClass(check);
  if (className === '') return checkStatic(check);
  if (snapshot.lacks('StorageClass', '', className) || isSaidToLack(check, className)) {
    return checkClassMissing(check, className);
  }
  const storageClass = snapshot.get('StorageClass', '', className);
  if (storageClass === undefined) return undefined;
  if (storageClass.provisioner !== noProvisioner) return checkProvisioning(check, storageClass);
  const local = storageClass.volumeBindingMode === 'WaitForFirstConsumer' && check.users.length === 0;
  return local ? checkProvisioning(check, storageClass) : checkStatic(check);
}

function checkDeletion(check: ClaimCheck): Finding | undefined {
  const { finalizers, deletionTimestamp } = check.claim.metadata;
  const [pod] = check.users;
  if (!finalizers.includes('kubernetes.io/pvc-protection') || pod === undefined) return undefined;
  return finding(deletionWaits, {
    object: check.ref,
    standing: 'expected',
    cause: `Claim "${check.claim.metadata.name}" was deleted and is kept while pod "${pod.metadata.name}" mounts it.`,
    evidence: [
      fromStatus(check.ref, 'metadata.deletionTimestamp', deletionTimestamp ?? '', deletionTimestamp ?? ''),
      fromSpec(refTo('Pod', pod), 'spec.volumes', check.claim.metadata.name),
    ],
    since: deletionTimestamp ?? '',
  });
}

function checkClaim(snapshot: Snapshot, claim: PersistentVolumeClaim): Finding | undefined {
  const check = claimCheck(snapshot, claim);
  if (claim.metadata.deletionTimestamp !== undefined) return checkDeletion(check);
  if (claim.status.phase === 'Lost') {
    return finding(claimLost, {
      ...pendingSaid(check),
      cause: `Claim "${claim.metadata.name}" was bound to volume "${claim.spec.volumeName ?? ''}", which is gone.`,
      evidence: [phaseEvidence(check), fromSpec(check.ref, 'spec.volumeName', claim.spec.volumeName ?? '')],
      since: '',
    });
  }
  if (claim.status.phase === 'Pending') return checkPending(check);
  return claim.status.phase === 'Bound' ? checkResize(check) : undefined;
}

/** Volumes that nobody waits for are only worth knowing of. */
function checkFailedVolumes(snapshot: Snapshot, told: ReadonlySet<string>): readonly Finding[] {
  return snapshot.list('PersistentVolume').flatMap((volume): Finding[] => {
    if (volume.status.phase !== 'Failed' || told.has(volume.metadata.name)) return [];
    const ref = refTo('PersistentVolume', volume);
    const message = volume.status.message ?? '';
    return [
      finding(volumeFailed, {
        object: ref,
        severity: 'info',
        cause: `Volume "${volume.metadata.name}" could not be reclaimed after its claim was deleted${message === '' ? '' : `: ${rootError(message)}`}.`,
        evidence: [fromStatus(ref, 'status', message === '' ? 'Failed' : `Failed: ${message}`)],
      }),
    ];
  });
}

function analyze(snapshot: Snapshot): readonly Finding[] {
  const claims = snapshot
    .list('PersistentVolumeClaim')
    .map((claim) => checkClaim(snapshot, claim))
    .filter((f) => f !== undefined);
  const told = new Set(
    claims.filter((f) => f.code === volumeFailed.code).flatMap((f) => f.evidence.map((e) => e.object.name)),
  );
  return [...claims, ...checkFailedVolumes(snapshot, told)];
}

export const storageClaim: Analyzer = {
  name: 'storage-claim',
  codes: [
    classMissing,
    noDefaultClass,
    provisionerAbsent,
    provisioningFailed,
    accessMode,
    tooSmall,
    noVolumeMatches,
    volumeReleased,
    volumeFailed,
    volumeTaken,
    claimLost,
    claimWaits,
    claimPending,
    deletionWaits,
    resizeFailed,
    resizePending,
  ],
  analyze,
};
