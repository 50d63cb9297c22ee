/** An `apiVersion`, taken apart. */
export interface GroupVersion {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
}

/** `apps/v1` → group and version; `v1` is of the core group. */
export function splitApiVersion(apiVersion: string): GroupVersion {
  const slash = apiVersion.indexOf('/');
  return slash < 0
    ? { group: '', version: apiVersion }
    : { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) };
}

/** `apps/v1` of group and version; `v1` of the core group. */
export function joinApiVersion(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The API group of an object: `apps` of `apps/v1`, empty for the core group. */
export function groupOf(apiVersion: string): string {
  return splitApiVersion(apiVersion).group;
}
