import { isRecord } from '@autodevops/domain/raw-record';
import type { RawObject } from '../recording.ts';
import type { Resource } from './resource.ts';

function textOf(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value !== '' ? value : otherwise;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** The resource that a CustomResourceDefinition defines; undefined when the object is none, or serves no version. */
export function resourceOfDefinition(object: RawObject): Resource | undefined {
  const spec = object['spec'];
  if (object.kind !== 'CustomResourceDefinition' || !isRecord(spec) || !isRecord(spec['names'])) return undefined;
  const { kind, plural, singular, listKind, shortNames, categories } = spec['names'];
  if (typeof kind !== 'string' || typeof plural !== 'string') return undefined;
  const listed = Array.isArray(spec['versions']) ? spec['versions'].filter(isRecord) : [];
  // A trimmed record may have lost `served`; only an explicit false takes a version away.
  const versions = textsOf(listed.filter((item) => item['served'] !== false).map((item) => item['name']));
  if (versions.length === 0) return undefined;
  return {
    group: textOf(spec['group'], ''),
    versions,
    plural,
    singular: textOf(singular, kind.toLowerCase()),
    kind,
    listKind: textOf(listKind, `${kind}List`),
    namespaced: spec['scope'] !== 'Cluster',
    shortNames: textsOf(shortNames),
    categories: textsOf(categories),
    custom: true,
  };
}
