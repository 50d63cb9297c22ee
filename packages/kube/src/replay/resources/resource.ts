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
