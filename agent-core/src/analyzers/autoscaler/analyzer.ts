import type { Finding } from '@autodevops/domain/finding';
import type { HorizontalPodAutoscaler } from '@autodevops/domain/kubernetes/workload';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { Analyzer } from '../analyzer.ts';
import {
  atMaximum,
  conflict,
  flapping,
  metricMissing,
  noMetricsApi,
  noRequest,
  targetMissing,
  unableToScale,
} from './codes.ts';
import { checkConflicts } from './conflict.ts';
import { checkFlapping } from './flapping.ts';
import { checkMaximum } from './maximum.ts';
import { checkActive } from './metrics.ts';
import { subjectFrom } from './subject.ts';
import { checkTarget } from './target.ts';

function check(snapshot: Snapshot, hpa: HorizontalPodAutoscaler): readonly Finding[] {
  if (hpa.metadata.deletionTimestamp !== undefined || hpa.spec.scaleTargetRef.name === '') return [];
  const subject = subjectFrom(snapshot, hpa);
  const target = checkTarget(subject);
  return target.length > 0
    ? target
    : [...checkActive(subject), ...checkMaximum(subject), ...checkFlapping(snapshot, hpa)];
}

export const autoscaler: Analyzer = {
  name: 'autoscaler',
  codes: [noRequest, noMetricsApi, metricMissing, targetMissing, atMaximum, conflict, unableToScale, flapping],
  analyze: (snapshot) => [
    ...snapshot.list('HorizontalPodAutoscaler').flatMap((hpa) => check(snapshot, hpa)),
    ...checkConflicts(snapshot),
  ],
};
