import type { Snapshot } from '@autodevops/domain/snapshot';
import type { ImagePullFailure } from '../../reading/images/image-pull-failure.ts';
import { rootError } from '../../reading/output/root-error.ts';

/** In the words of the runtime, without what it was about to do. */
function storeError({ message, event }: ImagePullFailure): string {
  return rootError((event?.message ?? message).replace(/^.*?(?=failed to (?:extract|register) layer)/s, ''), 200);
}

/** Another container runs the very image: it is whole in its registry. */
function runsElsewhere(snapshot: Snapshot, { pod, image }: ImagePullFailure): boolean {
  return snapshot
    .list('Pod')
    .some(
      (other) =>
        other.spec.nodeName !== pod.spec.nodeName &&
        other.status.containerStatuses.some((status) => status.image === image && status.state.running !== undefined),
    );
}

/** What the store of a node says of an image that it holds only a part of. */
export function storeSentence(snapshot: Snapshot, failure: ImagePullFailure): string {
  const { pod, view, image } = failure;
  const others = runsElsewhere(snapshot, failure) ? ', while other nodes run it' : '';
  return `${view.init ? 'Init container' : 'Container'} "${view.spec.name}" asks for image "${image}", which node ${pod.spec.nodeName ?? ''} cannot put together from what its own store holds of it${others}: ${storeError(failure)}.`;
}
