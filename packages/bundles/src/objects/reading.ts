import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Limits } from '../limits.ts';
import { objectStore } from './object-store.ts';
import type { ObjectStore } from './object-store.ts';
import { nothingSeen } from './seen.ts';
import type { Seen } from './seen.ts';

/** A file of which a part could not be read. */
export interface FileProblem {
  readonly path: string;
  /** From 1; 0 when it concerns the whole file. */
  readonly line: number;
  readonly reason: string;
}

/** What is gathered while a bundle is read. */
export interface Reading {
  readonly store: ObjectStore;
  readonly seen: Seen;
  readonly limits: Limits;
  /** The first problem of each file. */
  readonly problems: Map<string, FileProblem>;
  /** API versions of the discovery documents that support bundles hold. */
  readonly served: Set<string>;
  serverVersion: string | undefined;
}

export function newReading(limits: Limits): Reading {
  return {
    store: objectStore(limits),
    seen: nothingSeen(),
    limits,
    problems: new Map(),
    served: new Set(),
    serverVersion: undefined,
  };
}

/** Notes what could not be read, and that its kind (or, when that is not known, any kind) is not seen whole. */
export function noteProblem(reading: Reading, problem: FileProblem, kind: KindName | undefined): void {
  if (!reading.problems.has(problem.path)) reading.problems.set(problem.path, problem);
  if (kind === undefined) reading.seen.allDamaged = true;
  else reading.seen.damaged.add(kind);
}
