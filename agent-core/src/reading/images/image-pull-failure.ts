import type { ClusterEvent } from '@autodevops/domain/kubernetes/event';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { concernsContainer } from '../pods/event-container.ts';
import { containersOf, isFinished, isTerminating } from '../pods/pod-status.ts';
import type { ContainerView } from '../pods/pod-status.ts';
import { newestEvents } from '../recency.ts';
import { perSnapshot } from '../per-snapshot.ts';
import { unsettledPods } from '../pods/unsettled-pods.ts';

/** A container that waits for an image which the kubelet cannot get. */
export interface ImagePullFailure {
  readonly pod: Pod;
  readonly ref: ObjectRef;
  readonly view: ContainerView;
  /** The image that the kubelet cannot get: the container's own, or that of a volume which it mounts. */
  readonly image: string;
  /** The name of that volume, where it is one. */
  readonly volume: string | undefined;
  readonly reason: string;
  readonly message: string;
  readonly event: ClusterEvent | undefined;
  /** Everything that was said about it, in lower case. */
  readonly lower: string;
}

const reasons = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'RegistryUnavailable',
  'SignatureValidationFailed',
]);

/** The container waits under the name of its own image also where that of a volume is missing: the words tell which. */
function imageVolume(
  pod: Pod,
  view: ContainerView,
  message: string,
): { readonly name: string; readonly image: string } | undefined {
  if (message.includes(view.spec.image)) return undefined;
  const mounted = new Set(view.spec.volumeMounts.map(({ name }) => name));
  for (const { name, image } of pod.spec.volumes) {
    const reference = image?.reference ?? '';
    if (reference !== '' && mounted.has(name) && message.includes(reference)) return { name, image: reference };
  }
  return undefined;
}

function tellingEvent(snapshot: Snapshot, pod: Pod, view: ContainerView, image: string): ClusterEvent | undefined {
  const events = newestEvents(snapshot, refTo('Pod', pod), 'Failed', 'InspectFailed', 'ErrImageNeverPull').filter((e) =>
    concernsContainer(e, view.spec.name),
  );
  return (
    events.find((e) => e.message.startsWith('Failed to pull image') && e.message.includes(image)) ??
    events.find((e) => e.reason !== 'Failed')
  );
}

function find(snapshot: Snapshot): readonly ImagePullFailure[] {
  const found: ImagePullFailure[] = [];
  for (const pod of unsettledPods(snapshot)) {
    if (isFinished(pod) || isTerminating(pod)) continue;
    for (const view of containersOf(pod)) {
      const { reason = '', message = '' } = view.status?.state.waiting ?? {};
      if (!reasons.has(reason)) continue;
      const volume = imageVolume(pod, view, message);
      const image = volume?.image ?? view.spec.image;
      const event = tellingEvent(snapshot, pod, view, image);
      const lower = `${message} ${event?.message ?? ''}`.toLowerCase();
      found.push({ pod, ref: refTo('Pod', pod), view, image, volume: volume?.name, reason, message, event, lower });
    }
  }
  return found;
}

/** Every container that waits for its image in vain. Found once per snapshot. */
export const imagePullFailures: (snapshot: Snapshot) => readonly ImagePullFailure[] = perSnapshot(find);

/** The registry has the image, but not for this machine's processor. */
export function isWrongPlatform(failure: ImagePullFailure): boolean {
  return [
    'no match for platform',
    'no matching manifest for',
    'does not match the specified platform',
    'no image found in manifest list for architecture',
    'no image found in image index for architecture',
    'image operating system',
  ].some((words) => failure.lower.includes(words));
}
