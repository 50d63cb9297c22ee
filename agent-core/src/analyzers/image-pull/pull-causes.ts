import type { Because, CodeEntry, Finding } from '@autodevops/domain/finding';
import { refByName } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { servicesOfRegistry } from '../../reading/images/own-registry.ts';
import { imageReference } from '../../reading/images/image-reference.ts';
import type { ImagePullFailure } from '../../reading/images/image-pull-failure.ts';
import * as codes from './codes.ts';
import { isProxyFailure } from './node-proxy.ts';

/** What of its node may be why a pull fails. */
export function nodeCauses(code: CodeEntry, failure: ImagePullFailure): Finding['because'] {
  const { nodeName } = failure.pod.spec;
  if (nodeName === undefined) return [];
  const object = refByName('Node', '', nodeName);
  if (code === codes.imageNoSpace) return [{ object, codes: ['node.pressure.disk', 'node.disk', 'kind.disk-full'] }];
  // The runtime pulls over the node's own network: a network plugin that is not up does not hinder it.
  const local = code === codes.registryUnresolved || code === codes.registryUnreachable;
  if (isProxyFailure(failure)) return [{ object, codes: ['node.registry-proxy.'] }];
  return local ? [{ object, codes: ['node.network.unavailable', 'node.problem.'] }] : [];
}

/** A registry that runs in the same cluster may be down itself. */
export function registryCauses(snapshot: Snapshot, code: CodeEntry, { image }: ImagePullFailure): Because[] {
  if (code !== codes.registryUnreachable && code !== codes.imagePullFailed) return [];
  return servicesOfRegistry(snapshot, imageReference(image).registry).map((object) => ({
    object,
    codes: ['service.no-endpoints', 'pod.', 'workload.', 'statefulset.'],
  }));
}
