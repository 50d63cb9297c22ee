import type { Finding } from '@autodevops/domain/finding';
import { refTo } from '@autodevops/domain/object-ref';
import { finding } from '../../evidence/finding.ts';
import { driverNotRegistered, multiAttach, nfsDenied } from './codes.ts';
import { readMessage } from './messages.ts';
import { tellDriver } from './driver.ts';
import { tellMountFailure } from './mount-failure.ts';
import { driverOf } from './mounted.ts';
import type { MountCheck } from './mounted.ts';
import { isMoving, tellMultiAttach } from './multi-attach.ts';

const amazonFileSystem = 'efs.csi.aws.com';

/** Its server is reached through a tunnel of the driver, and admits by policy, not by export. */
const identitySteps = [
  'If the file system has a policy that asks for an identity, mount with it: add `iam` (and `tls`) to `mountOptions` of the PersistentVolume or of its StorageClass, and grant the role of the driver elasticfilesystem:ClientMount and ClientWrite.',
  'Where an access point is used, compare its id in the volume handle with that of the policy.',
] as const;

/** What the event says of the volume, with what the cluster's objects add to it. */
export function tell(check: MountCheck): Finding {
  const { code, vague } = readMessage(check.event.reason, check.event.message);
  const told =
    code === multiAttach
      ? tellMultiAttach(check)
      : code === driverNotRegistered
        ? tellDriver(check)
        : tellMountFailure(check, code);
  return finding(code, {
    object: refTo('Pod', check.pod),
    ...(code === nfsDenied && driverOf(check.mounted) === amazonFileSystem ? { nextSteps: [...identitySteps] } : {}),
    ...told,
    confidence: vague ? 'medium' : 'high',
    since: check.event.first ?? check.pod.metadata.creationTimestamp ?? '',
    facet: check.mounted.volume.name,
    ...(code === multiAttach && isMoving(check) ? { standing: 'progressing' as const } : {}),
  });
}
