import type { Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { imageReference, repositoryOf } from '../../reading/images/image-reference.ts';
import type { Live } from '../action.ts';

/** `docker.io/library/nginx:1.27` or `...@sha256:...`: the same for every way of writing one image. */
export function imageKey(image: string): string {
  const { tag, digest } = imageReference(image);
  return digest === '' ? `${repositoryOf(image)}:${tag}` : `${repositoryOf(image)}@${digest}`;
}

function imagesOfPod(pod: Manifest): readonly string[] {
  const { status } = kinds.Pod.shape.read(pod);
  const ran = [...status.initContainerStatuses, ...status.containerStatuses].filter(
    (container) => (container.imageID ?? '') !== '',
  );
  return ran.flatMap((container) => [container.image ?? '', container.imageID ?? '']);
}

/**
 * Which of these images no node holds and none of these pods runs. A node lists only some of its images
 * (`nodeStatusMaxImages`, 50 by default), so this is no proof that one cannot be pulled.
 */
export async function unseenImages(
  images: readonly string[],
  pods: readonly Manifest[],
  live: Live,
): Promise<readonly string[]> {
  const nodes = await live.cluster.list({ apiVersion: 'v1', kind: 'Node', namespace: '' }, { signal: live.signal });
  const held = nodes.flatMap((node) => kinds.Node.shape.read(node).status.images.flatMap((image) => image.names));
  const seen = new Set([...held, ...pods.flatMap(imagesOfPod)].filter((image) => image !== '').map(imageKey));
  return images.filter((image) => !seen.has(imageKey(image)));
}
