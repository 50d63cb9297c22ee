import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Series } from '@autodevops/domain/signal';
import type { MetricClass } from './metric-class.ts';
import type { Points } from './series-values.ts';
import type { Unit } from './unit.ts';

/** One thing that was measured of one object, over time: a series, or what several of them come to. */
export interface Measure {
  readonly kind: MetricClass;
  readonly unit: Unit;
  readonly object: ObjectRef;
  /** The workload of a pod, else the object. */
  readonly workload: ObjectRef;
  readonly points: Points;
  /** What is quoted: the series itself, or one of those that were put together. */
  readonly series: Series;
  /** How it was put together, in words; '' when it is the series. */
  readonly derived: string;
}

/** A measure before it is known whose workload it is of. */
export type Found = Omit<Measure, 'workload'>;
