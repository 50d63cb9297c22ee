import { noSuchResource } from './status.ts';

/** The resource that a path names; whether it exists is not known yet. */
export interface ResourceRoute {
  readonly group: string;
  readonly version: string;
  readonly namespace: string | undefined;
  readonly plural: string;
  readonly name: string | undefined;
  readonly subresource: string | undefined;
}

/** The parts of a path without their escapes. Throws the Status 404 for escapes that are broken. */
export function segmentsOf(path: string): readonly string[] {
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    throw noSuchResource();
  }
}

function isOfNamespaceItself(rest: readonly string[]): boolean {
  return rest.length < 3 || (rest.length === 3 && (rest[2] === 'status' || rest[2] === 'finalize'));
}

/** `/api/v1/namespaces/a/pods/b/log` and the like; undefined for every path that names no resource. */
export function parseResourceRoute(segments: readonly string[]): ResourceRoute | undefined {
  const core = segments[0] === 'api';
  if (!core && segments[0] !== 'apis') return undefined;
  const [group, version, ...rest] = core ? ['', ...segments.slice(1)] : segments.slice(1);
  if (group === undefined || version === undefined || rest.length === 0) return undefined;
  const namespaced = rest[0] === 'namespaces' && !isOfNamespaceItself(rest);
  const [plural = '', name, subresource, ...more] = namespaced ? rest.slice(2) : rest;
  if (more.length > 0) throw noSuchResource();
  return { group, version, namespace: namespaced ? rest[1] : undefined, plural, name, subresource };
}
