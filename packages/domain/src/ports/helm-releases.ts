import type { OutsideOperation } from '../change/operation.ts';
import type { SendOptions } from './cluster-objects.ts';

export type HelmRollback = Extract<OutsideOperation, { verb: 'helm-rollback' }>;

/** One revision of a release; its values and manifests are never read. */
export interface HelmRevision {
  readonly revision: number;
  /** As Helm says it: `deployed`, `superseded`, `failed`, `pending-upgrade`, ... */
  readonly status: string;
}

/** As whom, as with every other request to the cluster. */
export type HelmOptions = Pick<SendOptions, 'signal' | 'as'>;

/** Releases of Helm in one cluster. */
export interface HelmReleases {
  /** The newest revision; undefined when there is no such release. */
  newest(namespace: string, release: string, options: HelmOptions): Promise<HelmRevision | undefined>;
  /**
   * Makes a new revision that is like the one to return to. Throws `cluster.conflict` when another revision than the
   * one that was seen is the newest, `change.refused` when nothing was begun, `cluster.outcome-unknown` when it was.
   */
  rollback(operation: HelmRollback, options: HelmOptions): Promise<void>;
}
