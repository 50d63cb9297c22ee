import type { Finding } from '@autodevops/domain/finding';
import type { StorageClass } from '@autodevops/domain/kubernetes/storage';
import { refTo } from '@autodevops/domain/object-ref';
import { finding, fromEvent, fromSpec } from '../../evidence/finding.ts';
import { controllerEvidence } from '../../evidence/controller-evidence.ts';
import { mountSteps } from '../../evidence/mount-steps.ts';
import { driverPods } from '../../reading/platform/driver-pods.ts';
import { isReady } from '../../reading/pods/pod-status.ts';
import { ageOf, isRecent, newestEvents } from '../../reading/recency.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { storageBackends } from '../../reading/platform/storage-backend.ts';
import { volumeMakers } from '../../reading/platform/volume-makers.ts';
import { pendingSaid, phaseEvidence } from './claim.ts';
import { driverAbsence } from './driver-absence.ts';
import type { ClaimCheck } from './claim.ts';
import { accessMode, claimPending, claimWaits, provisionerAbsent, provisioningFailed } from './codes.ts';

const patience = 2 * 60_000;

/** By event: what the provisioner said last. */
function checkFailure(check: ClaimCheck): Finding | undefined {
  const [event] = newestEvents(check.snapshot, check.ref, 'ProvisioningFailed').filter((e) =>
    isRecent(check.snapshot, e.last),
  );
  if (event === undefined) return undefined;
  const { name } = check.claim.metadata;
  const message = event.message.toLowerCase();
  const aboutMode =
    message.includes('access mode') || message.includes('accessmode') || message.includes('multi_node_multi_writer');
  if (aboutMode) {
    return finding(accessMode, {
      ...pendingSaid(check),
      cause: `Claim "${name}" asks for access mode ${check.claim.spec.accessModes.join(', ')}, which the provisioner of class "${check.className ?? ''}" does not offer.`,
      evidence: [fromEvent(event), fromSpec(check.ref, 'spec.accessModes', check.claim.spec.accessModes.join(', '))],
      since: event.first ?? '',
    });
  }
  const driver = check.snapshot.get('StorageClass', '', check.className ?? '')?.provisioner ?? '';
  const absent = driverAbsence(check.snapshot, driver, event.message);
  const steps = [...(absent === undefined ? [] : [absent.step]), ...mountSteps(event.message)];
  return finding(provisioningFailed, {
    ...pendingSaid(check),
    cause: `The volume for claim "${name}" could not be created: ${rootError(event.message)}.${absent?.sentence ?? ''}`,
    evidence: [fromEvent(event), ...(absent?.evidence ?? []), phaseEvidence(check)],
    ...(steps.length === 0 ? {} : { nextSteps: steps }),
    since: event.first ?? '',
    because: [
      ...storageBackends(check.snapshot, driver),
      ...volumeMakers(check.snapshot, check.claim).map((object) => ({ object })),
    ],
  });
}

function checkProvisioner(check: ClaimCheck, storageClass: StorageClass): Finding | undefined {
  const { snapshot } = check;
  const { provisioner } = storageClass;
  // In-tree names are served by a CSI driver of another name, or by the controller manager.
  if (
    provisioner === '' ||
    provisioner.startsWith('kubernetes.io/') ||
    !snapshot.saw('Pod') ||
    snapshot.parts.namespaces !== undefined
  ) {
    return undefined;
  }
  const pods = driverPods(snapshot, provisioner);
  if (pods.some(isReady)) return undefined;
  const installed = snapshot.get('CSIDriver', '', provisioner) !== undefined;
  if (pods.length === 0 && installed) return undefined;
  const [event] = newestEvents(snapshot, check.ref, 'ExternalProvisioning', 'Provisioning');
  const what = pods.length === 0 ? 'runs in no pod of this cluster' : `is not ready (pod "${pods[0]?.metadata.name}")`;
  return finding(provisionerAbsent, {
    ...pendingSaid(check),
    confidence: pods.length === 0 && event === undefined ? 'medium' : 'high',
    cause: `Claim "${check.claim.metadata.name}" waits for provisioner "${provisioner}" of class "${storageClass.metadata.name}", which ${what}.`,
    evidence: [
      event === undefined ? phaseEvidence(check) : fromEvent(event),
      fromSpec(refTo('StorageClass', storageClass), 'provisioner', provisioner),
    ],
    because: pods.slice(0, 10).map((pod) => ({ object: refTo('Pod', pod) })),
  });
}

/** Made only when a pod has a node: by design without a pod, and that pod's trouble with one. */
function checkWaiting(check: ClaimCheck, storageClass: StorageClass): Finding | undefined {
  const { name } = check.claim.metadata;
  const evidence = [
    fromSpec(refTo('StorageClass', storageClass), 'volumeBindingMode', 'WaitForFirstConsumer'),
    phaseEvidence(check),
  ];
  if (check.users.length === 0) {
    return finding(claimWaits, {
      object: check.ref,
      severity: 'info',
      standing: 'expected',
      cause: `Claim "${name}" gets its volume when a pod mounts it; none does.`,
      evidence,
      since: check.claim.metadata.creationTimestamp ?? '',
    });
  }
  const waiting = check.users.filter((pod) => (pod.spec.nodeName ?? '') === '');
  const [pod] = waiting;
  if (pod === undefined || (ageOf(check.snapshot, pod.metadata.creationTimestamp) ?? Infinity) < patience) {
    return undefined;
  }
  return finding(claimWaits, {
    ...pendingSaid(check),
    severity: 'warning',
    cause: `Claim "${name}" gets its volume when pod "${pod.metadata.name}" has been given a node, and it has not.`,
    evidence,
    because: waiting.slice(0, 10).map((p) => ({ object: refTo('Pod', p) })),
    generic: true,
  });
}

/** A provisioner that writes no event says in its log why it makes no volume. */
function checkSilent(check: ClaimCheck, { provisioner }: StorageClass): Finding | undefined {
  if ((ageOf(check.snapshot, check.claim.metadata.creationTimestamp) ?? 0) < 5 * 60_000) return undefined;
  const { name } = check.claim.metadata;
  const makers = driverPods(check.snapshot, provisioner)
    .slice(0, 10)
    .map((pod) => refTo('Pod', pod));
  const { says, evidence, because } = controllerEvidence(check.snapshot, makers, check.ref);
  if (says !== '') {
    return finding(provisioningFailed, {
      ...pendingSaid(check),
      cause: `The volume for claim "${name}" could not be created, as provisioner "${provisioner}" says in its log: ${says}.`,
      evidence: [...evidence, phaseEvidence(check)],
      since: check.claim.metadata.creationTimestamp ?? '',
      because,
    });
  }
  const [event] = newestEvents(check.snapshot, check.ref);
  return finding(claimPending, {
    ...pendingSaid(check),
    severity: 'warning',
    confidence: 'medium',
    cause: `Claim "${name}" has not got a volume of class "${check.className ?? ''}", and nobody says why.`,
    evidence: [event === undefined ? phaseEvidence(check) : fromEvent(event)],
    because,
    generic: true,
  });
}

/** A pending claim whose class makes volumes. */
export function checkProvisioning(check: ClaimCheck, storageClass: StorageClass): Finding | undefined {
  const failure = checkFailure(check);
  if (failure !== undefined) return failure;
  const hasNode = check.claim.metadata.annotations['volume.kubernetes.io/selected-node'] !== undefined;
  if (storageClass.volumeBindingMode === 'WaitForFirstConsumer' && !hasNode) return checkWaiting(check, storageClass);
  if ((ageOf(check.snapshot, check.claim.metadata.creationTimestamp) ?? Infinity) < patience) return undefined;
  return checkProvisioner(check, storageClass) ?? checkSilent(check, storageClass);
}
