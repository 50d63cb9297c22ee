import { joinApiVersion } from '@autodevops/domain/kubernetes/api-version';
import type { Transformation } from './accept.ts';
import type { RawObject } from '../recording.ts';
import type { Resource } from './resource.ts';

/** How objects of one resource are written: in the version of the path, and as the client asked for them. */
export interface Representation {
  readonly resource: Resource;
  readonly version: string;
  readonly transformation: Transformation | undefined;
}

function asPartial(object: RawObject): unknown {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
}

/** One object on its own, as `get` and `watch` give it. */
export function representObject(object: RawObject, { resource, version, transformation }: Representation): unknown {
  if (transformation !== undefined) return asPartial(object);
  const { kind, apiVersion: _recorded, ...rest } = object;
  const apiVersion = joinApiVersion(resource.group, version);
  return resource.custom ? { apiVersion, kind, ...rest } : { kind, apiVersion, ...rest };
}

function representItem(object: RawObject, as: Representation): unknown {
  if (as.transformation !== undefined || as.resource.custom) return representObject(object, as);
  const { kind: _kind, apiVersion: _apiVersion, ...rest } = object;
  return rest;
}

export interface ListMetadata {
  readonly resourceVersion: string;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

/** A list; only items of custom resources say their kind, as with the API server. */
export function representList(objects: readonly RawObject[], metadata: ListMetadata, as: Representation): unknown {
  const items = objects.map((object) => representItem(object, as));
  if (as.transformation !== undefined) {
    return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items };
  }
  const apiVersion = joinApiVersion(as.resource.group, as.version);
  const kind = as.resource.listKind;
  return as.resource.custom
    ? { apiVersion, items, kind, metadata: { continue: '', ...metadata } }
    : { kind, apiVersion, metadata, items };
}

/** The object of a bookmark: a version and nothing else. */
export function representBookmark(resourceVersion: string, as: Representation, endOfInitial: boolean): unknown {
  const metadata = {
    resourceVersion,
    ...(endOfInitial ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
  };
  if (as.transformation !== undefined) return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
  return { kind: as.resource.kind, apiVersion: joinApiVersion(as.resource.group, as.version), metadata };
}
