import { groupVersion } from './resource.ts';
import type { Resource } from './resource.ts';
import type { RawObject } from './raw-object.ts';

/** Whether the client asked for metadata only (`as=PartialObjectMetadata...`). */
export function wantsMetadata(accept: string): boolean {
  return /as=PartialObjectMetadata(List)?;.*g=meta\.k8s\.io/.test(accept);
}

function metadataOnly(object: RawObject): RawObject {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}

/** An object as it is sent alone: in answers to a GET and in watch events. */
export function represent(object: RawObject, resource: Resource, partial: boolean): RawObject {
  return partial ? metadataOnly(object) : { ...object, kind: resource.kind, apiVersion: groupVersion(resource) };
}

interface Page {
  readonly items: readonly RawObject[];
  readonly version: number;
  readonly next: string | undefined;
  readonly remaining: number | undefined;
}

/** A list as the original sends it: items of built-in kinds carry no kind of their own. */
export function representList(page: Page, resource: Resource, partial: boolean): Record<string, unknown> {
  const metadata = {
    resourceVersion: String(page.version),
    ...(page.next === undefined ? {} : { continue: page.next }),
    ...(page.remaining === undefined ? {} : { remainingItemCount: page.remaining }),
  };
  if (partial) return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items: page.items.map(metadataOnly) };
  const items = resource.builtIn ? page.items.map(({ kind: _kind, apiVersion: _version, ...rest }) => rest) : page.items;
  return { kind: `${resource.kind}List`, apiVersion: groupVersion(resource), metadata, items };
}
