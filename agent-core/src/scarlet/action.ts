import type { z } from 'zod';
import type { Actor } from '@autodevops/domain/change/actor';
import type { Manifest, Operation } from '@autodevops/domain/change/operation';
import type { Facts, Risk, Sentences } from '@autodevops/domain/change/plan';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { ClusterView, ObjectName } from '@autodevops/domain/ports/cluster-objects';
import type { GitChanges } from '@autodevops/domain/ports/git-changes';
import type { NodeImages } from '@autodevops/domain/ports/node-images';
import type { Alerts } from '@autodevops/domain/ports/signals';

/** What planning and verifying may look at; nothing in here can change anything. */
export interface Live {
  readonly cluster: ClusterView;
  /** As it was before the earlier actions of the plan; absent: there are none. */
  readonly before?: ClusterView;
  readonly images?: Pick<NodeImages, 'has'>;
  readonly git?: Pick<GitChanges, 'repositories' | 'read' | 'find'>;
  readonly alerts?: Pick<Alerts, 'alerts' | 'silences'>;
  /**
   * "Now" in milliseconds. When a plan is made again before it is executed this is the moment of the first time, so that
   * what is derived from it (a stamp, the name of a Job) is what people agreed to.
   */
  readonly now: number;
  readonly signal: AbortSignal;
}

/** A request whose parameters the action's schema has read. */
export interface TypedRequest<Params> {
  readonly target: ObjectRef;
  readonly params: Params;
  /** Who asks; absent: not known. Values that only a person may give are refused unless it is a person. */
  readonly from?: Actor['kind'];
}

/** What an action would do, computed from the live objects. */
export interface Draft {
  readonly sentences: Sentences;
  /** Exactly what will be sent, in order. */
  readonly operations: readonly Operation[];
  /** What takes it back, in the order of sending; when it is empty, `why` says that nothing can or need be. */
  readonly undo: { readonly operations: readonly Operation[]; readonly why: string };
  /** Pods that stop, restart or stop getting traffic: what the blast radius is computed from. */
  readonly touches: readonly Manifest[];
  /** Objects that a tool changes because of it, where that is known; absent: what the operations name is all. */
  readonly reaches?: readonly ObjectName[];
  /** How many of these may be away at the same time (a rolling update takes few at once); absent: all of them. */
  readonly atOnce?: number;
  /** What the simulation found, one sentence each: an autoscaler that will interfere, a quota that leaves no room. */
  readonly notes: readonly string[];
  /** Tools whose own way of doing it this is: what they keep is not changed behind their backs. */
  readonly by?: readonly NonNullable<Facts['managedBy']>[number]['tool'][];
  /** Whether it takes back what has made something ill; absent: it takes nothing back. */
  readonly restores?: boolean | 'unknown';
  /** When this request is riskier than the action is in general. */
  readonly risk?: Risk;
}

/** Whether what was wanted is so: `waiting` may still become one of the others. */
export interface Standing {
  readonly state: 'succeeded' | 'waiting' | 'failed';
  /** One sentence with numbers: "2 of 3 replicas are ready". */
  readonly says: string;
}

/**
 * One kind of change, in one folder: this, its test. It computes and looks; sending is the executor's. `plan` throws
 * `AutoDevOpsError` `change.refused` when a precondition does not hold, with the sentence that people see.
 */
export interface Action<Params = unknown> {
  /** The folder's name; what proposals call it. */
  readonly name: string;
  /** A headline: "Scale a workload". */
  readonly title: string;
  /** Kinds of targets. */
  readonly kinds: readonly string[];
  /** Strict: unknown keys are refused. */
  readonly params: z.ZodType<Params>;
  /** At least this; a draft may say more. */
  readonly risk: Risk;
  /** How long its success is waited for, in seconds. */
  readonly patience: number;
  /** Codes by which Jamie tells, of the target, that this was done: what was asked for is no harm. Absent: none. */
  readonly toldBy?: readonly string[];
  readonly plan: (request: TypedRequest<Params>, live: Live) => Promise<Draft>;
  readonly verify: (request: TypedRequest<Params>, live: Live) => Promise<Standing>;
}

/** Lets an action stand in the registry, where parameters have no type; its own schema reads them. */
export function action<Params>(definition: Action<Params>): Action {
  return definition as unknown as Action;
}
