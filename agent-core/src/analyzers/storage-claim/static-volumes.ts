import type { Finding } from '@autodevops/domain/finding';
import type { PersistentVolume } from '@autodevops/domain/kubernetes/storage';
import { refTo } from '@autodevops/domain/object-ref';
import { parseQuantity } from '@autodevops/domain/quantity';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { newestEvents } from '../../reading/recency.ts';
import { pendingSaid, phaseEvidence, request } from './claim.ts';
import type { ClaimCheck } from './claim.ts';
import { accessMode, noVolumeMatches, tooSmall, volumeFailed, volumeReleased, volumeTaken } from './codes.ts';

function volumesOfClass(check: ClaimCheck): readonly PersistentVolume[] {
  return check.snapshot
    .list('PersistentVolume')
    .filter((pv) => (pv.spec.storageClassName ?? '') === (check.className ?? ''));
}

function hasModes(check: ClaimCheck, volume: PersistentVolume): boolean {
  return check.claim.spec.accessModes.every((mode) => volume.spec.accessModes.includes(mode));
}

function isLargeEnough(check: ClaimCheck, volume: PersistentVolume): boolean {
  const [wanted, has] = [parseQuantity(request(check.claim)), parseQuantity(volume.spec.capacity['storage'])];
  return wanted === undefined || has === undefined || has >= wanted;
}

function capacityEvidence(volume: PersistentVolume) {
  return fromSpec(
    refTo('PersistentVolume', volume),
    'spec.capacity.storage',
    volume.spec.capacity['storage'] ?? 'not set',
  );
}

function largest(volumes: readonly PersistentVolume[]): PersistentVolume | undefined {
  const size = (pv: PersistentVolume): number => parseQuantity(pv.spec.capacity['storage']) ?? 0;
  return volumes.toSorted((a, b) => size(b) - size(a) || a.metadata.name.localeCompare(b.metadata.name))[0];
}

function keptForFormerClaim(check: ClaimCheck, volumes: readonly PersistentVolume[]): Finding | undefined {
  const { namespace, name } = check.claim.metadata;
  const ended = volumes.filter((pv) => pv.status.phase === 'Released' || pv.status.phase === 'Failed');
  const fitting = ended.filter((pv) => isLargeEnough(check, pv) && hasModes(check, pv));
  const own = fitting.find((pv) => pv.spec.claimRef?.namespace === namespace && pv.spec.claimRef.name === name);
  const volume = own ?? fitting[0];
  if (volume === undefined) return undefined;
  const ref = refTo('PersistentVolume', volume);
  const former = `${volume.spec.claimRef?.namespace ?? ''}/${volume.spec.claimRef?.name ?? ''}`;
  const failed = volume.status.phase === 'Failed';
  const why = failed
    ? 'could not be reclaimed'
    : own === undefined
      ? `is kept for the deleted claim ${former}`
      : 'is kept for the former claim of the same name, which was deleted';
  return finding(failed ? volumeFailed : volumeReleased, {
    ...pendingSaid(check),
    confidence: own === undefined ? 'medium' : 'high',
    cause: `Claim "${name}" has no volume: "${volume.metadata.name}" would fit, but ${why}.`,
    evidence: [
      fromStatus(ref, 'status.phase', volume.status.phase ?? ''),
      fromSpec(ref, 'spec.claimRef', former),
      phaseEvidence(check),
    ],
  });
}

function unfit(check: ClaimCheck, free: readonly PersistentVolume[]): Finding | undefined {
  const { name } = check.claim.metadata;
  const modes = check.claim.spec.accessModes.join(', ');
  const roomy = free.filter((pv) => isLargeEnough(check, pv));
  const best = largest(free);
  if (best === undefined) return undefined;
  if (roomy.length === 0) {
    return finding(tooSmall, {
      ...pendingSaid(check),
      cause: `Claim "${name}" asks for ${request(check.claim)}, and the largest free volume, "${best.metadata.name}", has ${best.spec.capacity['storage']}.`,
      evidence: [fromSpec(check.ref, 'spec.resources.requests.storage', request(check.claim)), capacityEvidence(best)],
    });
  }
  const [first] = roomy;
  if (first === undefined || roomy.some((pv) => hasModes(check, pv))) return undefined;
  return finding(accessMode, {
    ...pendingSaid(check),
    cause: `Claim "${name}" asks for access mode ${modes}, and the free volumes (such as "${first.metadata.name}") offer ${first.spec.accessModes.join(', ')}.`,
    evidence: [
      fromSpec(check.ref, 'spec.accessModes', modes),
      fromSpec(refTo('PersistentVolume', first), 'spec.accessModes', first.spec.accessModes.join(', ')),
    ],
  });
}

/** A claim that only an existing volume can satisfy. */
export function checkStatic(check: ClaimCheck): Finding | undefined {
  if (!check.snapshot.saw('PersistentVolume')) return undefined;
  const volumes = volumesOfClass(check);
  const free = volumes.filter((pv) => pv.status.phase === 'Available' && pv.spec.claimRef === undefined);
  const fits = free.some(
    (pv) =>
      isLargeEnough(check, pv) &&
      hasModes(check, pv) &&
      (pv.spec.volumeMode ?? 'Filesystem') === (check.claim.spec.volumeMode ?? 'Filesystem'),
  );
  if (fits && check.claim.spec.selector === undefined) return undefined;
  const kept = keptForFormerClaim(check, volumes);
  if (kept !== undefined) return kept;
  const wrong = unfit(check, free);
  if (wrong !== undefined) return wrong;
  const [event] = newestEvents(check.snapshot, check.ref, 'FailedBinding');
  const ofClass = (check.className ?? '') === '' ? 'without a class' : `of class "${check.className}"`;
  const none =
    free.length === 0
      ? `there is no free volume ${ofClass}`
      : `no free volume ${ofClass} has the volume mode and labels that it asks for`;
  return finding(noVolumeMatches, {
    ...pendingSaid(check),
    cause: `Claim "${check.claim.metadata.name}" can only be bound to an existing volume, and ${none}.`,
    evidence: [
      event === undefined ? phaseEvidence(check) : fromEvent(event),
      fromSpec(check.ref, 'spec.storageClassName', check.className ?? 'not set'),
    ],
  });
}

/** A claim that names its volume. */
export function checkNamedVolume(check: ClaimCheck): Finding | undefined {
  const wanted = check.claim.spec.volumeName ?? '';
  if (wanted === '') return undefined;
  const { namespace, name, uid } = check.claim.metadata;
  const evidence = fromSpec(check.ref, 'spec.volumeName', wanted);
  if (check.snapshot.lacks('PersistentVolume', '', wanted)) {
    return finding(volumeTaken, {
      ...pendingSaid(check),
      cause: `Claim "${name}" insists on volume "${wanted}", which does not exist.`,
      evidence: [evidence, phaseEvidence(check)],
    });
  }
  const volume = check.snapshot.get('PersistentVolume', '', wanted);
  const held = volume?.spec.claimRef;
  if (volume === undefined || held === undefined) return undefined;
  const same = held.namespace === namespace && held.name === name;
  if (same && (held.uid === '' || uid === '' || held.uid === uid)) return undefined;
  const ref = refTo('PersistentVolume', volume);
  const whose = same ? 'a former claim of the same name' : `claim ${held.namespace}/${held.name}`;
  return finding(same ? volumeReleased : volumeTaken, {
    ...pendingSaid(check),
    cause: `Claim "${name}" insists on volume "${wanted}", which belongs to ${whose}.`,
    evidence: [
      evidence,
      fromSpec(ref, 'spec.claimRef', `${held.namespace}/${held.name}`),
      fromStatus(ref, 'status.phase', volume.status.phase ?? ''),
    ],
  });
}
