import type { Analyzer } from './analyzer.ts';
import { containerStart } from './container-start/analyzer.ts';
import { imagePlatform } from './image-platform/analyzer.ts';
import { imagePull } from './image-pull/analyzer.ts';
import { kindNode } from './kind-node/analyzer.ts';
import { nodeNotReady } from './node-not-ready/analyzer.ts';
import { nodePressure } from './node-pressure/analyzer.ts';
import { nodeProblem } from './node-problem/analyzer.ts';
import { nodeScheduling } from './node-scheduling/analyzer.ts';
import { schedulingBetweenPods } from './scheduling-between-pods/analyzer.ts';
import { schedulingCapacity } from './scheduling-capacity/analyzer.ts';
import { schedulingPlacement } from './scheduling-placement/analyzer.ts';
import { schedulingPreemption } from './scheduling-preemption/analyzer.ts';
import { schedulingVolume } from './scheduling-volume/analyzer.ts';
import { schedulingWaiting } from './scheduling-waiting/analyzer.ts';
import { serviceEndpoints } from './service-endpoints/analyzer.ts';

/** Every analyzer, one line each. A test compares it with the folders. */
export const analyzers: readonly Analyzer[] = [
  containerStart,
  imagePlatform,
  imagePull,
  kindNode,
  nodeNotReady,
  nodePressure,
  nodeProblem,
  nodeScheduling,
  schedulingBetweenPods,
  schedulingCapacity,
  schedulingPlacement,
  schedulingPreemption,
  schedulingVolume,
  schedulingWaiting,
  serviceEndpoints,
];
