import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { PersistentVolumeClaim, StorageClass } from '@autodevops/domain/kubernetes/storage';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromStatus } from '../../evidence/finding.ts';
import { usersOfClaim } from '../../reading/pods/volumes/claim-users.ts';

/** A claim, and what all checks of it need. */
export interface ClaimCheck {
  readonly snapshot: Snapshot;
  readonly claim: PersistentVolumeClaim;
  readonly ref: ObjectRef;
  readonly users: readonly Pod[];
  /** Undefined when none is named; '' when the claim wants no class. */
  readonly className: string | undefined;
}

const oldAnnotation = 'volume.beta.kubernetes.io/storage-class';

export function claimCheck(snapshot: Snapshot, claim: PersistentVolumeClaim): ClaimCheck {
  const { namespace, name, annotations } = claim.metadata;
  return {
    snapshot,
    claim,
    ref: refTo('PersistentVolumeClaim', claim),
    users: usersOfClaim(snapshot, namespace, name),
    className: claim.spec.storageClassName ?? annotations[oldAnnotation],
  };
}

export function defaultClass(snapshot: Snapshot): StorageClass | undefined {
  const marks = ['storageclass.kubernetes.io/is-default-class', 'storageclass.beta.kubernetes.io/is-default-class'];
  return snapshot.list('StorageClass').find((c) => marks.some((mark) => c.metadata.annotations[mark] === 'true'));
}

export function request(claim: PersistentVolumeClaim): string {
  return claim.spec.resources.requests['storage'] ?? '';
}

/** What every finding about a pending claim says: a claim that nobody mounts hurts nobody yet. */
export function pendingSaid(check: ClaimCheck): Pick<Finding, 'object' | 'since' | 'severity'> {
  return {
    object: check.ref,
    since: check.claim.metadata.creationTimestamp ?? '',
    severity: check.users.length > 0 ? 'critical' : 'warning',
  };
}

export function phaseEvidence(check: ClaimCheck) {
  return fromStatus(check.ref, 'status.phase', check.claim.status.phase ?? '');
}
