import type { KindName } from '@autodevops/domain/kubernetes/kinds';
import type { Field } from '../fields/field.ts';
import type { Condition } from './condition.ts';
import type { Grouping } from './grouping.ts';
import type { Place } from './ordinal.ts';

/** What is to be told of the objects that fit. */
export type Measure = 'which' | 'whether' | 'all' | 'how many' | 'share' | 'total' | 'mean';

/** A question for objects: what of them, of which kinds, on which conditions, apart by what. */
export interface ObjectQuery {
  readonly measure: Measure;
  /** What is added up. */
  readonly field?: Field;
  readonly kinds: readonly KindName[];
  readonly conditions: readonly Condition[];
  readonly grouping?: Grouping;
  readonly place?: Place;
  /** Which field puts them in order, where the question says so. */
  readonly ordering?: Field;
  /** What is to be told of each besides: "with their cluster IPs". */
  readonly columns?: readonly Field[];
  /** What of the question is understood by none of it; empty where all of it is. */
  readonly unread: string;
}
