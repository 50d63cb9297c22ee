import type { ClusterOperation, Manifest, Target } from '../change/operation.ts';

/** Names one object that may or may not exist. `namespace` is empty for cluster-scoped ones. */
export interface ObjectName {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

export interface ListRequest {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty: every namespace. */
  readonly namespace: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

interface Bounded {
  readonly signal: AbortSignal;
}

/** A user of the API server. */
export interface ClusterUser {
  /** `system:serviceaccount:NAMESPACE:NAME`, or whatever its authentication calls one. */
  readonly name: string;
  readonly groups: readonly string[];
}

export interface SendOptions extends Bounded {
  /** The server does everything but keep it: admission, defaults, validation. */
  readonly dryRun: boolean;
  /** Kept in the object's annotation `autodevops.dev/change` where the verb allows one. */
  readonly changeId: string;
  /** Acts as this Kubernetes user, with the groups, by impersonation. */
  readonly as?: { readonly user: string; readonly groups: readonly string[] };
}

/**
 * The live objects of one cluster, read one by one and changed one request at a time: what Scarlet acts through.
 * Values of Secrets never come out: `data` and `stringData` keep their keys, with empty values. Which field is whose
 * (`fieldsV1` of managedFields) comes with one object, not with lists.
 *
 * Throws `AutoDevOpsError`: `cluster.conflict` (the object is not as it was seen), `cluster.already-exists`,
 * `cluster.not-found`, `cluster.invalid` (422, 400), `cluster.forbidden` (RBAC or admission, with its words),
 * `cluster.disruption-budget` (an eviction that a budget does not allow now), and `cluster.outcome-unknown` when a
 * request was sent and no answer came: it may or may not have been done. Nothing is ever sent twice.
 */
export interface ClusterObjects {
  readonly source: string;
  get(name: ObjectName, options: Bounded): Promise<Manifest | undefined>;
  list(request: ListRequest, options: Bounded): Promise<readonly Manifest[]>;
  /** Whom the API server takes us for; undefined where it does not say. */
  whoAmI(options: Bounded): Promise<ClusterUser | undefined>;
  /** The object as it is afterwards; undefined when there is none (deleted, evicted). */
  send(operation: ClusterOperation, options: SendOptions): Promise<Manifest | undefined>;
  close(): Promise<void>;
}

/** Reads only: what planning and verifying get. */
export type ClusterView = Pick<ClusterObjects, 'get' | 'list' | 'source'>;

/** The object as what a write is aimed at. Throws for one that no server has given a uid. */
export function targetOf(object: Manifest): Target {
  const { uid, resourceVersion, namespace, name } = object.metadata;
  if (typeof uid !== 'string' || typeof resourceVersion !== 'string') {
    throw new TypeError(`${object.kind} ${name} has no uid: it is not from a server`);
  }
  return { apiVersion: object.apiVersion, kind: object.kind, namespace: namespace ?? '', name, uid, resourceVersion };
}
