/** How one kind is served: what discovery says of it and how its objects are written. */
export interface Resource {
  /** '' for the core group. */
  readonly group: string;
  /** Served versions, the preferred first. */
  readonly versions: readonly string[];
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly listKind: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  /** Custom resources carry `apiVersion` and `kind` on every item of a list; the kinds that are built in do not. */
  readonly custom: boolean;
}

export interface GroupVersion {
  readonly group: string;
  readonly version: string;
}

/** `apps/v1` → group and version; `v1` is the core group. */
export function splitApiVersion(apiVersion: string): GroupVersion {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

export function joinApiVersion(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}
