import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent } from '../../evidence/finding.ts';
import { rootError } from '../../reading/output/root-error.ts';
import { ownWarnings } from '../../reading/pods/own-warnings.ts';
import { isReady } from '../../reading/pods/pod-status.ts';
import { cloudRefused } from './codes.ts';

/** How the clouds say no: AWS, Azure, Google Cloud. */
const refusals =
  /unauthorized ?operation|not authorized to perform|does not have authorization to perform|authorizationfailed|access ?denied|due to missing permissions|permission '[^']{3,100}' denied|permission_denied/i;

function checkPod(snapshot: Snapshot, pod: Pod): Finding[] {
  if (isReady(pod)) return [];
  const told = ownWarnings(snapshot, pod).find((event) => refusals.test(event.message));
  if (told === undefined) return [];
  return [
    finding(cloudRefused, {
      object: refTo('Pod', pod),
      cause: `The cloud refuses what "${told.component}" asks for: ${rootError(told.message).replace(/\.$/, '')}.`,
      since: told.first ?? '',
      evidence: [fromEvent(told)],
    }),
  ];
}

/** Programs that are not well and write into events that their cloud refuses them. */
export function checkCloudRefusals(snapshot: Snapshot): Finding[] {
  return snapshot.list('Pod').flatMap((pod) => checkPod(snapshot, pod));
}
