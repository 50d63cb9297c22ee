import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import { imageReference } from '../../reading/images/image-reference.ts';
import type { ImagePullFailure } from '../../reading/images/image-pull-failure.ts';
import * as codes from './codes.ts';
import { refusalOf } from './pull-refusal.ts';

/** `pull-failed` is one of these whose words are gone. */
const ofTheRegistry = [
  codes.imagePullFailed,
  codes.registryUnresolved,
  codes.registryUnreachable,
  codes.registryUntrusted,
  codes.registryRateLimit,
];

/** A registry fails everybody; its refusal those with pull secrets of the same name; an image that is gone those who name it. */
export function sharedTrouble(code: CodeEntry, failure: ImagePullFailure): Pick<Finding, 'sharedWith'> {
  const { pod, image } = failure;
  const { registry } = imageReference(image);
  if (ofTheRegistry.includes(code)) return { sharedWith: registry };
  if (code === codes.imageUnauthorized) {
    return { sharedWith: [registry, refusalOf(failure), ...pod.spec.imagePullSecrets.map((s) => s.name)].join(' ') };
  }
  return code === codes.imageNotFound ? { sharedWith: `${pod.metadata.namespace} ${image}` } : {};
}
