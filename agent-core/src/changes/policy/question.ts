import type { Actor } from '@autodevops/domain/change/actor';
import type { BrokenGlass } from '@autodevops/domain/change/broken-glass';
import type { Reason } from '@autodevops/domain/change/change';
import type { Facts, PlannedAction } from '@autodevops/domain/change/plan';
import type { ObjectRef } from '@autodevops/domain/object-ref';

/** What a decision is asked for: what would be done, who wants it, why, and where. */
export interface Question {
  readonly actions: readonly PlannedAction[];
  readonly facts: Facts;
  readonly requester: Actor;
  readonly reason: Reason;
  /** Name of the environment that the whole cluster is; empty where only the policy's patterns of namespaces say. */
  readonly environment: string;
}

/** A change that began to be executed, or is on its way to it: what budgets count. */
export interface RecentChange {
  readonly time: string;
  /** Ids of the rules that spoke in its decision, as its voices name them. */
  readonly rules: readonly string[];
  /** Kind/namespace/name. */
  readonly workloads: readonly string[];
}

/** Every change from `since` on. */
export interface History {
  readonly since: string;
  readonly changes: readonly RecentChange[];
}

/** What the agent itself stands on, which it must not saw off. */
export interface Self {
  /** Where the agent runs; empty outside of a cluster. */
  readonly namespace: string;
  /** `system:serviceaccount:NAMESPACE:NAME` or another user of the API server; empty where it is not known. */
  readonly user: string;
  /** Groups that the API server puts it in. */
  readonly groups?: readonly string[];
  /** Objects that hold its permissions and its policy. Undefined: could not be found out. */
  readonly objects?: readonly Pick<ObjectRef, 'kind' | 'namespace' | 'name'>[];
}

export interface Circumstances {
  readonly mode: 'local' | 'cloud';
  /** In milliseconds: the latest that it can be. */
  readonly now: number;
  /** The earliest that it can be; the same where nobody has set the clock. */
  readonly earliest: number;
  /** Undefined: could not be read, so every budget may be used up. */
  readonly history?: History;
  readonly auditWritable: boolean;
  /** On, or not known to be off. */
  readonly killSwitch: boolean;
  readonly brokenGlass?: BrokenGlass;
  readonly self: Self;
}
