import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import { kindFromFileName } from './resolve-kind.ts';

/** What a file's place in the bundle says about the objects in it. */
export interface Place {
  readonly path: string;
  readonly kind: KindName | undefined;
  /** The one namespace that a list in this file is of. */
  readonly namespace: string | undefined;
}

const namespaceName = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

function asNamespace(segment: string | undefined): string | undefined {
  return segment !== undefined && namespaceName.test(segment) ? segment : undefined;
}

/** Folders whose name is never that of the namespace of the lists in them. */
const notNamespaces = new Set([
  'objects',
  'core',
  'apps',
  'batch',
  'namespaces',
  'resources',
  'manifests',
  'cluster-resources',
  'cluster-scoped-resources',
]);

/**
 * Reads a path of one of the known layouts: `namespaces/<ns>/<group>/<plural>.yaml` (must-gather),
 * `cluster-resources/<plural>/<ns>.json` (support bundles), `<ns>/<plural>.json` (cluster-info dump).
 */
export function placeOf(path: string): Place {
  const segments = path.split('/');
  const file = (segments.at(-1) ?? '').replace(/\.(?:gz)$/, '').replace(/\.[A-Za-z0-9]+$/, '');
  const folders = segments.slice(0, -1);
  const gathered = folders.lastIndexOf('namespaces');
  if (gathered >= 0 && gathered < folders.length - 1) {
    const kind = kindFromFileName(file) ?? kindFromFileName(folders.at(-1) ?? '');
    return { path, kind, namespace: asNamespace(folders[gathered + 1]) };
  }
  const resources = folders.lastIndexOf('cluster-resources');
  if (resources >= 0) {
    const word = folders[resources + 1];
    if (word === undefined) return { path, kind: kindFromFileName(file), namespace: undefined };
    const kind = kindFromFileName(word);
    return { path, kind, namespace: word === 'custom-resources' || kind !== undefined ? asNamespace(file) : undefined };
  }
  const kind = kindFromFileName(file) ?? kindFromFileName(folders.at(-1) ?? '');
  const parent = folders.at(-1);
  const listed =
    kind !== undefined &&
    kinds[kind].namespaced &&
    kindFromFileName(file) === kind &&
    parent !== undefined &&
    !notNamespaces.has(parent);
  return { path, kind, namespace: listed ? asNamespace(parent) : undefined };
}
