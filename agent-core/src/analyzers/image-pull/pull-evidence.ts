import type { Evidence } from '@autodevops/domain/diagnosis';
import { fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import type { ImagePullFailure } from '../../reading/images/image-pull-failure.ts';
import { messageEnd } from '../../reading/long-message.ts';

/** What the kubelet and the pod say of a pull that failed. */
export function evidenceOf(failure: ImagePullFailure): Evidence[] {
  const { ref, view, reason, message, event } = failure;
  const statuses = view.init ? 'initContainerStatuses' : 'containerStatuses';
  const told = message === '' ? reason : `${reason}: ${messageEnd(message)}`;
  const status = fromStatus(ref, `status.${statuses}[name=${view.spec.name}].state.waiting`, told);
  const volume =
    failure.volume === undefined
      ? []
      : [fromSpec(ref, `spec.volumes[name=${failure.volume}].image.reference`, failure.image)];
  return [
    ...(event === undefined ? [] : [fromEvent({ ...event, message: messageEnd(event.message) })]),
    status,
    ...volume,
  ];
}
