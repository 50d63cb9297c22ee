import type { Manifest } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';

/** For people: `Deployment shop/web`. */
export function manifestName(object: Manifest): string {
  return refText({ kind: object.kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name });
}
