import type { Confidence, Evidence, ProposedChange, Severity } from './diagnosis.ts';
import type { ObjectRef } from './object-ref.ts';

/** The chapters of the catalogue. */
export const groups = [
  'image',
  'crash',
  'configuration',
  'scheduling',
  'admission',
  'probe',
  'workload',
  'network',
  'storage',
  'node',
  'control-plane',
  'life-cycle',
  'permission',
  'ecosystem',
  'signal',
  'hygiene',
] as const;
export type Group = (typeof groups)[number];

/**
 * One code of the catalogue: what it means, once, for the answer, the documentation page and suppressions.
 * Sentences are plain; steps say what to do, not what to think about.
 */
export interface CodeEntry {
  /** Dotted and stable: `pod.image.not-found`. */
  readonly code: string;
  readonly group: Group;
  /** A headline without names: "Image not found". */
  readonly title: string;
  readonly severity: Severity;
  /** What it means for the people who run it. */
  readonly means: string;
  /** What in the cluster shows it, precise enough to check by hand. */
  readonly recognised: string;
  readonly nextSteps: readonly string[];
  readonly avoid: readonly string[];
}

/**
 * Something that, if it is itself broken, explains a finding. `codes` narrows it to findings with one of these code
 * prefixes; without, any finding on the object counts.
 */
export interface Because {
  readonly object: ObjectRef;
  readonly codes?: readonly string[];
  /** Narrows it to findings whose facet begins with these words: a policy speaks of many workloads. */
  readonly facet?: string;
}

/**
 * Where a finding stands in time. Only `current` is above the line; the rest is information: `recovered` (was broken,
 * is not now), `progressing` (on its way, in time), `expected` (looks odd, is by design).
 */
export type Standing = 'current' | 'recovered' | 'progressing' | 'expected';

/** One thing that an analyzer saw. */
export interface Finding {
  readonly code: string;
  readonly object: ObjectRef;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly standing: Standing;
  /** One sentence with the names in it. */
  readonly cause: string;
  /** ISO time, empty when not known. */
  readonly since: string;
  readonly evidence: readonly Evidence[];
  readonly nextSteps: readonly string[];
  readonly avoid: readonly string[];
  readonly changes: readonly ProposedChange[];
  /** What might explain it. */
  readonly because: readonly Because[];
  /**
   * A consequence or a restatement ("rollout stuck", "crash loop"), which gives way to any finding that says more about
   * the same object, its pods or what it waits for.
   */
  readonly generic: boolean;
  /**
   * Findings on the pods of one workload with the same code and facet are one cause. Say what tells two of them apart
   * (the container, the missing name).
   */
  readonly facet: string;
  /**
   * What lies outside of the workload and troubles every one that needs it: a registry, a missing Secret, a server.
   * Causes of one code that name the same are told as one.
   */
  readonly sharedWith?: string;
}
